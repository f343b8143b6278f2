package io.tokenmeter.streams.run;

import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.Dimension.Attribute;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.RunSums;
import io.tokenmeter.domain.run.CountedRun;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.rollup.RollupBundle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the runs that closed since the last commit add to their workflows' roll-ups. Few, so each
 * sum is a bundle of its own.
 */
final class RunStatistics {
  private static final Attribute WORKFLOW = Dimension.parse("workflow").first();
  private static final byte[] DIMENSION = "workflow".getBytes(StandardCharsets.UTF_8);

  private record Place(String workflow, long minute) {}

  private final int partitions;
  private final Map<Place, RollupTotals> sums = new HashMap<>();
  private final AvroBodyWriter out = new AvroBodyWriter();

  /** Statistics that go to a topic of so many partitions. */
  RunStatistics(int partitions) {
    this.partitions = partitions;
  }

  /** Counts a run that closed, instead of what it counted for before. */
  void count(@Nullable CountedRun before, CountedRun now) {
    if (now.equals(before)) {
      return;
    }
    if (before != null) {
      before.takeFrom(sums(before));
    }
    now.addTo(sums(now));
  }

  private RunSums sums(CountedRun run) {
    RollupTotals totals =
        sums.computeIfAbsent(
            new Place(run.workflow(), run.minute()),
            added -> {
              RollupTotals empty = new RollupTotals();
              empty.runs(new RunSums());
              return empty;
            });
    RunSums runs = totals.runs();
    if (runs == null) {
      throw new IllegalStateException("sums of runs without runs");
    }
    return runs;
  }

  /** Hands over all sums, as bundles for the roll-ups and the partitions they belong to. */
  void drain(BiConsumer<Integer, byte[]> consumer) {
    sums.forEach(
        (place, totals) -> {
          byte[] key = place.workflow().getBytes(StandardCharsets.UTF_8);
          RollupBundle.begin(out, RollupBundle.NO_TIME);
          RollupBundle.append(out, DIMENSION, key, place.minute(), totals);
          consumer.accept(RollupBundle.partition(WORKFLOW, key, partitions), out.toByteArray());
        });
    sums.clear();
  }
}
