package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.state.StoredObjects;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
public final class SubjectStage<S> implements Processor<byte[], ChangedUsage, byte[], byte[]> {
  private static final int LOOKED_AT_ONCE = 1000;

  private final List<String> stores;
  private final int cachedSubjects;
  private final Meters meters;
  private final SubjectWatch<S> watch;
  private final List<Bytes> forgotten = new ArrayList<>();
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;
  private StoredObjects<WatchedSubject<S>> subjects;

  /** Where the next look begins; null: at the first subject. */
  private @Nullable Bytes lookFrom;

  @SuppressWarnings("NullAway.Init")
  private SubjectStage(
      List<String> stores, int cachedSubjects, Meters meters, SubjectWatch<S> watch) {
    this.stores = stores;
    this.cachedSubjects = cachedSubjects;
    this.meters = meters;
    this.watch = watch;
  }

  /**
   * A stage.
   *
   * @param stores names of the stores: that of the subjects' states first, then those that the
   *     watch opens itself
   * @param cachedSubjects how many subjects a task keeps as objects
   * @param watches makes the watch of a task
   */
  public static <S> ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> supplier(
      List<String> stores, int cachedSubjects, Meters meters, Supplier<SubjectWatch<S>> watches) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], ChangedUsage, byte[], byte[]> get() {
        return new SubjectStage<>(stores, cachedSubjects, meters, watches.get());
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> builders = new LinkedHashSet<>();
        stores.forEach(name -> builders.add(builder(name)));
        return builders;
      }
    };
  }

  static StoreBuilder<?> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(stores.get(0));
    // A task that failed is set up again with the same processor.
    subjects =
        new StoredObjects<>(store, cachedSubjects, this::decode, subject -> subject.encode(watch));
    lookFrom = null;
    forgotten.clear();
    watch.open(processorContext::getStateStore);
  }

  private WatchedSubject<S> decode(byte @Nullable [] stored) {
    return stored == null
        ? new WatchedSubject<>(watch.create())
        : WatchedSubject.decode(stored, watch);
  }

  @Override
  public void process(Record<byte[], ChangedUsage> record) {
    ChangedUsage changed = record.value();
    long now = changed.nowMicros();
    observe(changed.subjects(), now);
    if (watch.seesRestatements()) {
      observe(changed.restated(), now);
    }
    lookAtSome(now);
    subjects.writeBack((key, subject) -> {});
    watch.writeBack();
    forgotten.forEach(subjects::delete);
    forgotten.clear();
  }

  private void observe(List<ChangedUsage.OfSubject> changes, long now) {
    for (ChangedUsage.OfSubject added : changes) {
      Subject subject = added.subject();
      if (watch.watches(subject, added.minutes())) {
        WatchedSubject<S> watched = subjects.change(SubjectKey.of(subject));
        watched.heardMicros = now;
        watch.observe(subject, watched.state, added.minutes(), now, this::emit);
      }
    }
  }

  private void emit(Finding finding) {
    meters.finding(finding.detector());
    byte[] key = SubjectKey.of(finding.subject()).get();
    context.forward(new Record<>(key, FindingCodec.encode(finding), context.currentSystemTimeMs()));
  }

  private void lookAtSome(long now) {
    try (KeyValueIterator<Bytes, byte[]> some = store.range(lookFrom, null)) {
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
    WatchedSubject<S> watched = subjects.look(entry.key, entry.value);
    Subject subject = SubjectKey.subject(entry.key);
    if (watch.isDue(subject, watched.state, now)) {
      watched = subjects.change(entry.key);
      watch.judge(subject, watched.state, now, this::emit);
    }
    if (watch.isForgotten(watched.state, now - watched.heardMicros)) {
      forgotten.add(entry.key);
    }
  }
}
