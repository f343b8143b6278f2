package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.state.StoredObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Watches subjects by what the roll-ups add to them, with a state for each in a store.
 *
 * <p>Everything that one hand-over changes is written back before it ends, so that states and
 * findings are in the transaction of the roll-ups' write-back. Subjects to which nothing is added
 * are looked at in turn, some at each hand-over.
 */
final class SubjectStage<S> implements Processor<byte[], ChangedUsage, byte[], byte[]> {
  private static final int LOOKED_AT_ONCE = 1000;

  private final String store;
  private final int cachedSubjects;
  private final Meters meters;
  private final SubjectWatch<S> watch;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> subjects;
  private StoredObjects<S> states;

  /** Where the next look begins; null: at the first subject. */
  private @Nullable Bytes lookFrom;

  private final List<Bytes> forgotten = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private SubjectStage(String store, int cachedSubjects, Meters meters, SubjectWatch<S> watch) {
    this.store = store;
    this.cachedSubjects = cachedSubjects;
    this.meters = meters;
    this.watch = watch;
  }

  /**
   * A stage.
   *
   * @param store name of the store
   * @param cachedSubjects how many subjects a task keeps as objects
   * @param watches makes the watch of a task
   */
  static <S> ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> supplier(
      String store, int cachedSubjects, Meters meters, Supplier<SubjectWatch<S>> watches) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], ChangedUsage, byte[], byte[]> get() {
        return new SubjectStage<>(store, cachedSubjects, meters, watches.get());
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(builder(store));
      }
    };
  }

  /** A store on disk of states that are cached as objects. */
  static StoreBuilder<?> builder(String store) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    subjects = processorContext.getStateStore(store);
    // A task that failed is set up again with the same processor.
    states = new StoredObjects<>(subjects, cachedSubjects, this::decode, watch::encode);
    lookFrom = null;
  }

  private S decode(byte @Nullable [] stored) {
    return stored == null ? watch.create() : watch.decode(stored);
  }

  @Override
  public void process(Record<byte[], ChangedUsage> record) {
    ChangedUsage changed = record.value();
    long now = changed.nowMicros();
    for (ChangedUsage.OfSubject added : changed.subjects()) {
      Subject subject = added.subject();
      if (watch.watches(subject, added.minutes())) {
        S state = states.change(SubjectKey.of(subject));
        watch.observe(subject, state, added.minutes(), now, this::emit);
      }
    }
    lookAtSome(now);
    states.writeBack((key, state) -> {});
    forgotten.forEach(states::delete);
    forgotten.clear();
  }

  private void emit(Finding finding) {
    meters.finding(finding.detector());
    byte[] key = SubjectKey.of(finding.subject()).get();
    context.forward(new Record<>(key, FindingCodec.encode(finding), context.currentSystemTimeMs()));
  }

  private void lookAtSome(long now) {
    try (KeyValueIterator<Bytes, byte[]> some = subjects.range(lookFrom, null)) {
      lookFrom = null;
      for (int looked = 0; some.hasNext(); looked++) {
        KeyValue<Bytes, byte[]> next = some.next();
        if (looked == LOOKED_AT_ONCE) {
          lookFrom = next.key;
          return;
        }
        look(next, now);
      }
    }
  }

  private void look(KeyValue<Bytes, byte[]> entry, long now) {
    S state = states.look(entry.key, entry.value);
    Subject subject = SubjectKey.subject(entry.key);
    if (watch.isDue(subject, state, now)) {
      state = states.change(entry.key);
      watch.judge(subject, state, now, this::emit);
    }
    if (watch.isForgotten(state, now)) {
      forgotten.add(entry.key);
    }
  }
}
