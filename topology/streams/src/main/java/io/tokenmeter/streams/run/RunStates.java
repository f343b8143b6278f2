package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.domain.run.StateWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The runs that a task works on, as objects: read from the store when they are first touched,
 * changed in place, and encoded once per commit however many steps they got. The least recently
 * used ones beyond a bound are let go after that.
 */
final class RunStates {
  private final KeyValueStore<Bytes, byte[]> store;
  private final int bound;
  private final LinkedHashMap<Bytes, TrackedRun> runs = new LinkedHashMap<>(1024, 0.75f, true);
  private final StateWriter out = new StateWriter();
  private final List<TrackedRun> changed = new ArrayList<>();
  private List<TrackedRun> unwritten = new ArrayList<>();

  /** Runs that have become unwritten since {@link #drainNewlyUnwritten}. */
  private List<Bytes> newlyUnwritten = new ArrayList<>();

  RunStates(KeyValueStore<Bytes, byte[]> store, int bound) {
    this.store = store;
    this.bound = bound;
  }

  /** A run; null if it is not known. */
  @Nullable TrackedRun find(Bytes key) {
    TrackedRun run = runs.get(key);
    if (run == null) {
      byte[] stored = store.get(key);
      if (stored == null) {
        return null;
      }
      run = new TrackedRun(key, RunState.decode(stored));
      runs.put(key, run);
    }
    return run;
  }

  /** A run that begins. */
  TrackedRun begin(Bytes key) {
    TrackedRun run = new TrackedRun(key, new RunState());
    runs.put(key, run);
    return run;
  }

  /** Notes that a run is not what the store has. */
  void change(TrackedRun run) {
    if (!run.changed) {
      run.changed = true;
      changed.add(run);
    }
  }

  /**
   * Notes that a run is not what readers have, and so not what the store has.
   *
   * <p>Its next record's revision is taken now, so that the state which is stored meanwhile is
   * still right when the record is written: most runs are stored once for all their steps.
   */
  void changeForReaders(TrackedRun run) {
    change(run);
    if (!run.unwritten) {
      run.state.life().nextRevision();
      run.unwritten = true;
      unwritten.add(run);
      newlyUnwritten.add(run.key);
    }
  }

  /** The runs that readers no longer have as they are, since the last call. */
  List<Bytes> drainNewlyUnwritten() {
    List<Bytes> drained = newlyUnwritten;
    newlyUnwritten = new ArrayList<>();
    return drained;
  }

  /** Whether readers have all there is. */
  boolean allWritten() {
    return unwritten.isEmpty();
  }

  /** Whether so many runs are held that they should be written back ahead of the commit. */
  boolean isOverfull() {
    return runs.size() > 2 * Math.max(bound, 1000);
  }

  /** Hands over each run that readers do not have as it is, to be written. */
  void drainUnwritten(Consumer<TrackedRun> consumer) {
    List<TrackedRun> drained = unwritten;
    unwritten = new ArrayList<>();
    for (TrackedRun run : drained) {
      if (run.unwritten) {
        consumer.accept(run);
      }
    }
  }

  /**
   * Writes changed runs to the store and lets excess ones go.
   *
   * @param write gets runs that are let go before readers have them
   * @param judge gets each changed run before it is encoded
   */
  void writeBack(Consumer<TrackedRun> write, Consumer<TrackedRun> judge) {
    List<TrackedRun> leaving = leaving();
    for (TrackedRun run : leaving) {
      if (run.unwritten) {
        write.accept(run);
      }
    }
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(changed.size());
    for (TrackedRun run : changed) {
      run.changed = false;
      judge.accept(run);
      entries.add(KeyValue.pair(run.key, run.state.encode(out)));
    }
    changed.clear();
    store.putAll(entries);
    leaving.forEach(run -> runs.remove(run.key));
    if (!leaving.isEmpty()) {
      unwritten.removeIf(run -> !run.unwritten);
    }
  }

  private List<TrackedRun> leaving() {
    List<TrackedRun> leaving = new ArrayList<>();
    Iterator<TrackedRun> eldest = runs.values().iterator();
    for (int excess = runs.size() - bound; excess > 0; excess--) {
      leaving.add(eldest.next());
    }
    return leaving;
  }

  /** Forgets a run that nothing is expected of any more. */
  void forget(TrackedRun run) {
    runs.remove(run.key);
    store.delete(run.key);
  }
}
