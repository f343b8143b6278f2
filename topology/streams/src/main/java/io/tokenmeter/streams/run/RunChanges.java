package io.tokenmeter.streams.run;

import io.tokenmeter.streams.commit.CommitBoundStore;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link TrackRun} write back inside each commit. What has changed is in the stage's own
 * objects, and nothing of it is left after the commit, so there is nothing to log.
 */
final class RunChanges extends CommitBoundStore {
  private RunChanges(String name) {
    super(name);
  }

  static StoreBuilder<RunChanges> builder(String name) {
    return new CommitBoundStoreBuilder<>(name, () -> new RunChanges(name)).withLoggingDisabled();
  }

  @Override
  protected void restore(byte[] key, byte @Nullable [] value) {
    throw new IllegalStateException("there is nothing to restore");
  }

  @Override
  protected void clear() {
    // Nothing is kept here.
  }
}
