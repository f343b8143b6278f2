package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.streams.commit.CommitBoundStore;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The sums of {@link Combine} since the last commit. Empty at every commit, so it has no changelog.
 */
final class CombineSums extends CommitBoundStore {
  private final PartialSums[] byDimension;
  private final PartialSums[] restated;

  private CombineSums(String name, int dimensions) {
    super(name);
    byDimension = empty(dimensions);
    restated = empty(dimensions);
  }

  private static PartialSums[] empty(int dimensions) {
    PartialSums[] sums = new PartialSums[dimensions];
    Arrays.setAll(sums, dimension -> new PartialSums());
    return sums;
  }

  static StoreBuilder<CombineSums> builder(String name, List<Dimension> dimensions) {
    return new CommitBoundStoreBuilder<>(name, () -> new CombineSums(name, dimensions.size()))
        .withLoggingDisabled();
  }

  /** What was used, by dimension. */
  PartialSums[] used() {
    return byDimension;
  }

  /** By how much the cost of past usage differs from what was counted before, by dimension. */
  PartialSums[] restated() {
    return restated;
  }

  int size() {
    return size(byDimension) + size(restated);
  }

  private static int size(PartialSums[] dimensions) {
    int size = 0;
    for (PartialSums sums : dimensions) {
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
    for (int i = 0; i < byDimension.length; i++) {
      byDimension[i].clear();
      restated[i].clear();
    }
  }
}
