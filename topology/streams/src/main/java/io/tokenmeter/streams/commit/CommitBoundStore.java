package io.tokenmeter.streams.commit;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A state store of plain objects whose owner is called inside every commit of its task, before the
 * producer is flushed: what the owner forwards or logs there is in the same transaction as the
 * offsets that it covers.
 *
 * <p>This rests on Kafka Streams' internal {@link CachedStateStore}: the task calls {@code
 * flushCache()} on such stores at every commit, also when partitions are revoked. All coupling to
 * internals is here and in {@link RevivedTask}; the version of Kafka Streams is pinned, and a test
 * kills the application between commits to guard it. The type is not one that Streams hands out
 * behind a decorator ({@code KeyValueStore} and its like are), so that processors get this very
 * object.
 *
 * <p>A store that calls {@link #log} restores what it logged from its changelog; one that does not
 * must be empty after each commit.
 */
public abstract class CommitBoundStore implements StateStore, CachedStateStore<Object, Object> {
  private final String name;
  private @Nullable InternalProcessorContext<?, ?> internals;
  private @Nullable ProcessorNode<?, ?, ?, ?> ownerNode;
  private @Nullable Runnable writeBack;
  private boolean open;

  /** A store of the given name. */
  protected CommitBoundStore(String name) {
    this.name = name;
  }

  /**
   * Puts one logged entry back; the value is null for a tombstone. Called before the first record.
   */
  protected abstract void restore(byte[] key, byte @Nullable [] value);

  /** Forgets everything, logged or not. */
  protected abstract void clear();

  /**
   * Names the code that writes back at commit.
   *
   * @param context the context that the owner's {@code init} was given; {@code forward} works on it
   *     during the write-back
   */
  public final void onCommit(ProcessorContext<?, ?> context, Runnable action) {
    ownerNode = ((InternalProcessorContext<?, ?>) context).currentNode();
    writeBack = action;
  }

  /** Logs an entry to the changelog, inside the running transaction; a null value deletes it. */
  protected final void log(byte[] key, byte @Nullable [] value) {
    InternalProcessorContext<?, ?> context = opened();
    context.logChange(
        name,
        Bytes.wrap(key),
        value,
        context.currentSystemTimeMs(),
        new RecordHeaders(),
        Position.emptyPosition());
  }

  @Override
  public final void flushCache() {
    if (writeBack == null) {
      return;
    }
    InternalProcessorContext<?, ?> context = opened();
    ProcessorNode<?, ?, ?, ?> previousNode = context.currentNode();
    ProcessorRecordContext previousRecord = context.recordContext();
    // Sinks read topic and offset of the record that is being processed; at commit there is none.
    context.setRecordContext(
        new ProcessorRecordContext(
            context.currentSystemTimeMs(), -1, -1, null, new RecordHeaders()));
    context.setCurrentNode(ownerNode);
    try {
      writeBack.run();
    } finally {
      context.setCurrentNode(previousNode);
      context.setRecordContext(previousRecord);
    }
  }

  @Override
  public final void init(StateStoreContext context, StateStore root) {
    internals = (InternalProcessorContext<?, ?>) context;
    RevivedTask.forgetOffsets(context);
    writeBack = null;
    clear();
    open = true;
    context.register(root, this::restore);
  }

  private InternalProcessorContext<?, ?> opened() {
    if (internals == null) {
      throw new IllegalStateException("store " + name + " is not open");
    }
    return internals;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void close() {
    open = false;
    clear();
  }

  @Override
  public final boolean isOpen() {
    return open;
  }

  @Override
  public final boolean persistent() {
    return false;
  }

  @Override
  public final void commit(Map<org.apache.kafka.common.TopicPartition, Long> changelogOffsets) {
    // Nothing on disk.
  }

  @Override
  public final boolean setFlushListener(
      CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void clearCache() {
    // Called when a task turns from active to standby or back, just after a commit. The store stays
    // as it is and is not restored anew: it only gets what others log meanwhile.
  }
}
