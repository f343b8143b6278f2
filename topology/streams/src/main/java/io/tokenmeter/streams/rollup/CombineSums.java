package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.streams.commit.CommitBoundStore;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import java.util.List;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The sums of {@link Combine} since the last commit. Empty at every commit, so it has no changelog.
 */
final class CombineSums extends CommitBoundStore {
  private final PartialSums[] byDimension;

  private CombineSums(String name, int dimensions) {
    super(name);
    byDimension = new PartialSums[dimensions];
    for (int i = 0; i < dimensions; i++) {
      byDimension[i] = new PartialSums();
    }
  }

  static StoreBuilder<CombineSums> builder(String name, List<Dimension> dimensions) {
    return new CommitBoundStoreBuilder<>(name, () -> new CombineSums(name, dimensions.size()))
        .withLoggingDisabled();
  }

  PartialSums dimension(int index) {
    return byDimension[index];
  }

  int size() {
    int size = 0;
    for (PartialSums sums : byDimension) {
      size += sums.size();
    }
    return size;
  }

  @Override
  protected void restore(byte[] key, byte @Nullable [] value) {
    throw new IllegalStateException("there is nothing to restore");
  }

  @Override
  protected void clear() {
    for (PartialSums sums : byDimension) {
      sums.clear();
    }
  }
}
