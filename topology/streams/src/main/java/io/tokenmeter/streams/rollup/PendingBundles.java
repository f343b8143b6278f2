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
  /**
   * What the log holds, by number. A task that becomes a standby and then active again restores
   * only what others have logged meanwhile, so what it logged itself must stay here.
   */
  private final TreeMap<Integer, byte[]> bundles = new TreeMap<>();

  private PendingBundles(String name) {
    super(name);
  }

  static StoreBuilder<PendingBundles> builder(String name) {
    return new CommitBoundStoreBuilder<>(name, () -> new PendingBundles(name));
  }

  /** The bundles in the log, to be added again by a task that starts. */
  List<byte[]> all() {
    return List.copyOf(bundles.values());
  }

  /** Whether everything that was added has been written back. */
  boolean isEmpty() {
    return bundles.isEmpty();
  }

  /** Logs a bundle that was added. */
  void add(byte[] bundle) {
    int number = bundles.isEmpty() ? 0 : bundles.lastKey() + 1;
    bundles.put(number, bundle);
    log(key(number), bundle);
  }

  /** Deletes the log: all that was added is in the windows written back. */
  void writtenBack() {
    for (int number : bundles.keySet()) {
      log(key(number), null);
    }
    bundles.clear();
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  @Override
  protected void restore(byte[] key, byte @Nullable [] value) {
    int number = ByteBuffer.wrap(key).getInt();
    if (value == null) {
      bundles.remove(number);
    } else {
      bundles.put(number, value);
    }
  }

  @Override
  protected void clear() {
    bundles.clear();
  }
}
