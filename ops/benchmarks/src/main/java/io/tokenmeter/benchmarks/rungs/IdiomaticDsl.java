package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.process.TotalsCheck;
import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windows;
import org.apache.kafka.streams.kstream.internals.TimeWindow;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Rung (c): Tokenmeter's work as one would write it from the documentation of Kafka Streams: dedupe
 * by a window store, a global-table join, costed output, and a windowed aggregation for every
 * default dimension and granularity.
 */
public final class IdiomaticDsl extends DslRung {
  /** Suffix of the topic that takes the costed records. */
  public static final String COSTED = "costed-usage";

  private static final Duration GRACE = Duration.ofHours(24);

  /** A rung for one process. */
  public IdiomaticDsl(RungRequest request) {
    super(request);
  }

  @Override
  void build(KStream<String, UsageEvent> events, GlobalKTable<String, ModelPrice> prices) {
    KStream<String, CostedUsage> costed =
        events
            .process(new WindowStoreDedupe())
            .join(prices, (runId, event) -> priceKey(event), SimplePrices::costed);
    costed
        .selectKey((runId, event) -> event.getEventId())
        .to(request.topic(COSTED), Produced.with(TEXT, costedSerde));
    for (DslDimension dimension : DslDimension.DEFAULTS) {
      KGroupedStream<String, CostedUsage> grouped =
          costed.groupBy(
              (runId, event) -> dimension.key().apply(event),
              Grouped.with(dimension.topicName(), TEXT, costedSerde));
      rollUp(grouped, dimension, Granularity.MINUTE, every(Duration.ofMinutes(1)));
      rollUp(grouped, dimension, Granularity.HOUR, every(Duration.ofHours(1)));
      rollUp(grouped, dimension, Granularity.DAY, every(Duration.ofDays(1)));
      rollUp(grouped, dimension, Granularity.MONTH, new CalendarMonths(GRACE));
    }
  }

  private static Windows<TimeWindow> every(Duration size) {
    return TimeWindows.ofSizeAndGrace(size, GRACE);
  }

  private void rollUp(
      KGroupedStream<String, CostedUsage> grouped,
      DslDimension dimension,
      Granularity granularity,
      Windows<TimeWindow> windows) {
    String store = dimension.topicName() + "-" + granularity;
    grouped
        .windowedBy(windows)
        .aggregate(
            RollupAggregator::empty,
            new RollupAggregator(true),
            Materialized.<String, UsageRollup, WindowStore<Bytes, byte[]>>as(store)
                .withKeySerde(TEXT)
                .withValueSerde(rollupSerde))
        .toStream()
        .map((window, rollup) -> output(window, rollup, granularity, dimension))
        .to(request.topic(ROLLUPS), Produced.with(TEXT, rollupSerde));
  }

  @Override
  public List<TotalsCheck> checkTotals() {
    OutputTotals outputs = new OutputTotals(request);
    List<TotalsCheck> checks = new ArrayList<>();
    checks.add(outputs.costed(request.topic(COSTED), true));
    checks.addAll(outputs.rollups(request.topic(ROLLUPS), true));
    return checks;
  }
}
