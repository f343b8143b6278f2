package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.runs.RunTopics;
import io.tokenmeter.cli.totals.CostedTotals;
import io.tokenmeter.cli.totals.RollupKey;
import io.tokenmeter.cli.totals.RollupSums;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the demo came to, read back from the output topics when everything is processed.
 *
 * @param totals all events, from costed-usage
 * @param costByGranularity what the roll-ups of each granularity add up to, USD
 * @param duplicates resent events that were dropped
 * @param rejected records in rejected-events
 * @param alerts the latest state of each alert, in the order in which they came
 * @param runs a run of each kind that is worth a look
 * @param ended how and when it ended
 */
record DemoSummary(
    CostedTotals totals,
    Map<Granularity, BigDecimal> costByGranularity,
    long duplicates,
    long rejected,
    List<Alert> alerts,
    List<RunSample> runs,
    Ended ended) {

  /**
   * How and when the demo ended.
   *
   * @param duration how long there was traffic that was watched
   * @param companyTime the time at the company
   * @param configFile with which other commands reached it
   */
  record Ended(Duration duration, Instant companyTime, String configFile) {}

  /**
   * Reads it.
   *
   * @param from when the part began that was watched
   */
  static DemoSummary read(
      Cluster cluster,
      Instant from,
      long duplicates,
      long rejected,
      List<Alert> alerts,
      Ended ended)
      throws ExecutionException, InterruptedException {
    CostedTotals totals = new CostedTotals(cluster.config().timeZone());
    RollupSums rollups = new RollupSums();
    try (Deserializer<Object> deserializer = cluster.deserializer();
        TopicReader costed = new TopicReader(cluster, cluster.topic("costed-usage"));
        TopicReader sums = new TopicReader(cluster, cluster.topic("usage-rollups"))) {
      costed.readToEnd(
          record ->
              totals.add((CostedUsage) deserializer.deserialize(record.topic(), record.value())));
      sums.readToEnd(
          record -> {
            if (record.value() != null
                && RollupKey.hasDimension(record.key(), RollupSums.DIMENSION)) {
              rollups.add((UsageRollup) deserializer.deserialize(record.topic(), record.value()));
            }
          });
    }
    Map<Granularity, BigDecimal> costs = new EnumMap<>(Granularity.class);
    for (Granularity granularity : Granularity.values()) {
      costs.put(granularity, rollups.costUsd(granularity));
    }
    List<RunSample> runs = RunSample.of(new RunTopics(cluster, told -> {}).runs().values(), from);
    return new DemoSummary(totals, costs, duplicates, rejected, alerts, runs, ended);
  }

  /** Whether minutes, hours, days and months each add up to what the events cost. */
  boolean sumsAgree() {
    return costByGranularity.values().stream()
        .allMatch(sum -> sum.compareTo(totals.all().costUsd()) == 0);
  }
}
