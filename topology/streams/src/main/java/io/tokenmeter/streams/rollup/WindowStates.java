package io.tokenmeter.streams.rollup;

import io.tokenmeter.streams.avro.AvroBodyWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The windows that a task works on, as objects: read from the store when they are first touched,
 * changed in place, and written back together. The least recently used ones beyond a bound are let
 * go after that.
 */
final class WindowStates {
  private final KeyValueStore<Bytes, byte[]> store;
  private final int bound;
  private final LinkedHashMap<Bytes, WindowState> states = new LinkedHashMap<>(1024, 0.75f, true);
  private final List<Map.Entry<Bytes, WindowState>> changed = new ArrayList<>();
  private final AvroBodyWriter out = new AvroBodyWriter();

  WindowStates(KeyValueStore<Bytes, byte[]> store, int bound) {
    this.store = store;
    this.bound = bound;
  }

  /** The window's state, to be changed by the caller. */
  WindowState change(Bytes key) {
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
  void writeBack(BiConsumer<Bytes, WindowState> consumer) {
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
}
