package io.tokenmeter.streams.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a task keeps in a store, as objects: read when they are first touched, changed in place, and
 * written back together. The least recently used ones beyond a bound are let go after that.
 *
 * <p>What has changed is only in memory until {@link #writeBack}, which must be called in the
 * transaction that the changes belong to.
 */
public final class StoredObjects<S> {
  private final KeyValueStore<Bytes, byte[]> store;
  private final int bound;
  private final Function<byte @Nullable [], S> decoder;
  private final Function<S, byte[]> encoder;
  private final LinkedHashMap<Bytes, Held<S>> held = new LinkedHashMap<>(1024, 0.75f, true);
  private final List<Map.Entry<Bytes, Held<S>>> changed = new ArrayList<>();

  /**
   * Objects of one store.
   *
   * @param bound how many objects are kept in memory between write-backs
   * @param decoder makes an object of what is stored, a new one of null
   * @param encoder makes of an object what is stored
   */
  public StoredObjects(
      KeyValueStore<Bytes, byte[]> store,
      int bound,
      Function<byte @Nullable [], S> decoder,
      Function<S, byte[]> encoder) {
    this.store = store;
    this.bound = bound;
    this.decoder = decoder;
    this.encoder = encoder;
  }

  private static final class Held<S> {
    final S object;
    boolean changed;

    Held(S object) {
      this.object = object;
    }
  }

  /** The object of a key, to be changed by the caller; a new one if there is none. */
  public S change(Bytes key) {
    Held<S> entry = held.get(key);
    if (entry == null) {
      entry = new Held<>(decoder.apply(store.get(key)));
      held.put(key, entry);
    }
    if (!entry.changed) {
      entry.changed = true;
      changed.add(Map.entry(key, entry));
    }
    return entry.object;
  }

  /**
   * The object of a key that is read from the store anyway, to be looked at only.
   *
   * @param stored what the store has
   */
  public S look(Bytes key, byte[] stored) {
    Held<S> entry = held.get(key);
    return entry == null ? decoder.apply(stored) : entry.object;
  }

  /** Writes all changed objects to the store, each after the consumer has had it. */
  public void writeBack(BiConsumer<Bytes, S> consumer) {
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(changed.size());
    for (Map.Entry<Bytes, Held<S>> entry : changed) {
      Held<S> object = entry.getValue();
      object.changed = false;
      consumer.accept(entry.getKey(), object.object);
      entries.add(KeyValue.pair(entry.getKey(), encoder.apply(object.object)));
    }
    changed.clear();
    store.putAll(entries);
    Iterator<Bytes> eldest = held.keySet().iterator();
    for (int excess = held.size() - bound; excess > 0; excess--) {
      eldest.next();
      eldest.remove();
    }
  }

  /** Deletes an object, which must not have changed since it was written back. */
  public void delete(Bytes key) {
    held.remove(key);
    store.delete(key);
  }
}
