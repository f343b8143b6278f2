package io.tokenmeter.streams.commit;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A log of what is not yet in a store or with readers, which a restarted task reads to catch up.
 * Its changelog has each entry under its number, four bytes, and nothing once all are deleted.
 */
public abstract class CommitBoundLog extends CommitBoundStore {
  /**
   * What the log holds, by number. A task that becomes a standby and then active again restores
   * only what others have logged meanwhile, so what it logged itself must stay here.
   */
  private final TreeMap<Integer, byte[]> entries = new TreeMap<>();

  /** A log of the given name. */
  protected CommitBoundLog(String name) {
    super(name);
  }

  /** What the log holds, the oldest first. */
  protected final Collection<byte[]> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** Adds an entry. */
  protected final void append(byte[] entry) {
    int number = entries.isEmpty() ? 0 : entries.lastKey() + 1;
    entries.put(number, entry);
    log(key(number), entry);
  }

  /** Deletes all entries. */
  protected final void deleteEntries() {
    for (int number : entries.keySet()) {
      log(key(number), null);
    }
    entries.clear();
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  @Override
  public final void restore(byte[] key, byte @Nullable [] value) {
    int number = ByteBuffer.wrap(key).getInt();
    if (value == null) {
      entries.remove(number);
    } else {
      entries.put(number, value);
    }
  }

  @Override
  protected final void clear() {
    entries.clear();
  }
}
