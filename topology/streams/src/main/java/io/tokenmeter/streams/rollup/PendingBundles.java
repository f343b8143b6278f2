package io.tokenmeter.streams.rollup;

import io.tokenmeter.streams.commit.CommitBoundStore;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The bundles of sums that were added to windows which are not written back yet: a log that a
 * restarted task reads to add them again. Logging a bundle costs far less than writing the thousand
 * windows it changes at every commit.
 */
final class PendingBundles extends CommitBoundStore {
  private final TreeMap<Integer, byte[]> restored = new TreeMap<>();
  private int logged;

  private PendingBundles(String name) {
    super(name);
  }

  static StoreBuilder<PendingBundles> builder(String name) {
    return new CommitBoundStoreBuilder<>(name, () -> new PendingBundles(name));
  }

  /** The bundles that an earlier owner of the task left, to be added by the new one. */
  List<byte[]> takeRestored() {
    List<byte[]> bundles = List.copyOf(restored.values());
    logged = restored.isEmpty() ? 0 : restored.lastKey() + 1;
    restored.clear();
    return bundles;
  }

  /** Whether everything that was added has been written back. */
  boolean isEmpty() {
    return logged == 0;
  }

  /** Logs a bundle that was added. */
  void add(byte[] bundle) {
    log(key(logged++), bundle);
  }

  /** Deletes the log: all that was added is in the windows written back. */
  void writtenBack() {
    for (int number = 0; number < logged; number++) {
      log(key(number), null);
    }
    logged = 0;
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  @Override
  protected void restore(byte[] key, byte @Nullable [] value) {
    int number = ByteBuffer.wrap(key).getInt();
    if (value == null) {
      restored.remove(number);
    } else {
      restored.put(number, value);
    }
  }

  @Override
  protected void clear() {
    restored.clear();
    logged = 0;
  }
}
