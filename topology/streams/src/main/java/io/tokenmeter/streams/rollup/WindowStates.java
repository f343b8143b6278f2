package io.tokenmeter.streams.rollup;

import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.commit.CommitBoundStore;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The windows that a task works on, as objects: read from the store of windows when they are first
 * touched, changed in place, and written back at commit. The least recently used ones beyond a
 * bound are let go after that.
 */
final class WindowStates extends CommitBoundStore {
  private final int bound;
  private final LinkedHashMap<Bytes, WindowState> states = new LinkedHashMap<>(1024, 0.75f, true);
  private final List<Map.Entry<Bytes, WindowState>> changed = new ArrayList<>();
  private final AvroBodyWriter out = new AvroBodyWriter();

  private WindowStates(String name, int bound) {
    super(name);
    this.bound = bound;
  }

  static StoreBuilder<WindowStates> builder(String name, int bound) {
    return new CommitBoundStoreBuilder<>(name, () -> new WindowStates(name, bound))
        .withLoggingDisabled();
  }

  /** The window's state, to be changed by the caller. */
  WindowState change(Bytes key, KeyValueStore<Bytes, byte[]> store) {
    WindowState state = states.get(key);
    if (state == null) {
      byte[] stored = store.get(key);
      state = stored == null ? new WindowState() : WindowState.decode(stored);
      states.put(key, state);
    }
    if (!state.changed) {
      state.changed = true;
      changed.add(Map.entry(key, state));
    }
    return state;
  }

  /**
   * Writes all changed windows to the store with their next revision and hands them to the
   * consumer.
   */
  void writeBack(KeyValueStore<Bytes, byte[]> store, BiConsumer<Bytes, WindowState> consumer) {
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(changed.size());
    for (Map.Entry<Bytes, WindowState> entry : changed) {
      WindowState state = entry.getValue();
      state.changed = false;
      state.revision++;
      entries.add(KeyValue.pair(entry.getKey(), state.encode(out)));
      consumer.accept(entry.getKey(), state);
    }
    changed.clear();
    store.putAll(entries);
    Iterator<Bytes> eldest = states.keySet().iterator();
    for (int excess = states.size() - bound; excess > 0; excess--) {
      eldest.next();
      eldest.remove();
    }
  }

  /** Lets a window go that has expired. */
  void forget(Bytes key) {
    states.remove(key);
  }

  @Override
  protected void restore(byte[] key, byte @Nullable [] value) {
    throw new IllegalStateException("there is nothing to restore");
  }

  @Override
  protected void clear() {
    states.clear();
    changed.clear();
  }

  @Override
  public void clearCache() {
    // As a standby, the store of windows changes underneath.
    clear();
  }
}
