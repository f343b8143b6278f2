package io.tokenmeter.streams.rollup;

import io.tokenmeter.streams.commit.CommitBoundLog;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import java.util.List;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The bundles of sums that were added to windows which are not written back yet: a log that a
 * restarted task reads to add them again. Logging a bundle costs far less than writing the thousand
 * windows it changes at every commit.
 */
final class PendingBundles extends CommitBoundLog {

  private PendingBundles(String name) {
    super(name);
  }

  static StoreBuilder<PendingBundles> builder(String name) {
    return new CommitBoundStoreBuilder<>(name, () -> new PendingBundles(name));
  }

  /** The bundles in the log, to be added again by a task that starts. */
  List<byte[]> all() {
    return List.copyOf(entries());
  }

  /** Whether everything that was added has been written back. */
  boolean isEmpty() {
    return entries().isEmpty();
  }

  /** Logs a bundle that was added. */
  void add(byte[] bundle) {
    append(bundle);
  }

  /** Deletes the log: all that was added is in the windows written back. */
  void writtenBack() {
    deleteEntries();
  }
}
