package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.process.TotalsCheck;
import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Rung (c'): the global-table join and three one-minute aggregations of requests, tokens and cost.
 * No dedupe, no costed output, no latencies, no other granularity.
 */
public final class LightDsl extends DslRung {
  private static final TimeWindows MINUTES =
      TimeWindows.ofSizeAndGrace(Duration.ofMinutes(1), Duration.ofHours(24));

  /** A rung for one process. */
  public LightDsl(RungRequest request) {
    super(request);
  }

  @Override
  void build(KStream<String, UsageEvent> events, GlobalKTable<String, ModelPrice> prices) {
    KStream<String, CostedUsage> costed =
        events.join(prices, (runId, event) -> priceKey(event), SimplePrices::costed);
    for (DslDimension dimension :
        List.of(DslDimension.MODEL, DslDimension.API_KEY, DslDimension.WORKFLOW)) {
      costed
          .groupBy(
              (runId, event) -> dimension.key().apply(event),
              Grouped.with(dimension.name(), TEXT, costedSerde))
          .windowedBy(MINUTES)
          .aggregate(
              RollupAggregator::empty,
              new RollupAggregator(false),
              Materialized.<String, UsageRollup, WindowStore<Bytes, byte[]>>as(
                      dimension.name() + "-minute")
                  .withKeySerde(TEXT)
                  .withValueSerde(rollupSerde))
          .toStream()
          .map((window, rollup) -> output(window, rollup, Granularity.MINUTE, dimension))
          .to(request.topic(ROLLUPS), Produced.with(TEXT, rollupSerde));
    }
  }

  @Override
  public List<TotalsCheck> checkTotals() {
    return new OutputTotals(request).rollups(request.topic(ROLLUPS), false);
  }
}
