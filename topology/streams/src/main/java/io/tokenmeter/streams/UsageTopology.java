package io.tokenmeter.streams;

import static org.apache.kafka.common.serialization.Serdes.ByteArray;
import static org.apache.kafka.common.serialization.Serdes.Integer;

import io.tokenmeter.streams.alert.JoinIncidents;
import io.tokenmeter.streams.alert.WatchPrices;
import io.tokenmeter.streams.budget.BudgetTable;
import io.tokenmeter.streams.cost.CalculateCost;
import io.tokenmeter.streams.dedupe.DropDuplicates;
import io.tokenmeter.streams.detect.DetectAnomaly;
import io.tokenmeter.streams.detect.DetectDrift;
import io.tokenmeter.streams.detect.DetectSilence;
import io.tokenmeter.streams.detect.DetectUnpriced;
import io.tokenmeter.streams.detect.WatchBudgets;
import io.tokenmeter.streams.policy.PolicyTable;
import io.tokenmeter.streams.price.FindPrice;
import io.tokenmeter.streams.price.HeldEvents;
import io.tokenmeter.streams.price.PriceTable;
import io.tokenmeter.streams.reprice.Reprice;
import io.tokenmeter.streams.reprice.RepriceRequests;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.rollup.Combine;
import io.tokenmeter.streams.rollup.RollUp;
import io.tokenmeter.streams.run.PackRunStep;
import io.tokenmeter.streams.run.TrackRun;
import io.tokenmeter.streams.spike.DetectRequestSpike;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.validate.Validate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The whole flow, from usage events to roll-ups and alerts.
 *
 * <p>Every stage is one class and one processor of the same name. Names of processors, stores and
 * internal topics are state: renaming one makes a running application start afresh there.
 */
public final class UsageTopology {
  private static final String REJECTED_EVENTS = "rejected-events";
  private static final String COSTED_USAGE = "costed-usage";
  private static final String USAGE_ROLLUPS = "usage-rollups";
  private static final String WORKFLOW_RUNS = "workflow-runs";
  private static final String ROLLUP_SUMS = "rollup-sums";
  private static final String RUNAWAYS = "and-runaways";
  private static final String ALERTS = "alerts";

  /** The stages that the roll-ups hand their differences to. */
  private static final List<String> USAGE_DETECTORS =
      List.of(
          DetectAnomaly.NAME,
          DetectDrift.NAME,
          DetectSilence.NAME,
          DetectUnpriced.NAME,
          WatchBudgets.NAME);

  private final TokenmeterConfig config;
  private final Stages stages;

  /** The flow with the given settings and stages. */
  public UsageTopology(TokenmeterConfig config, Stages stages) {
    this.config = config;
    this.stages = stages;
  }

  /** Builds the topology. */
  public Topology build() {
    StreamsBuilder builder =
        new StreamsBuilder(new TopologyConfig(StreamsSettings.streamsConfig(config)));

    table(builder, PriceTable.store(), PriceTable.NAME, stages.priceTable());
    table(builder, PolicyTable.store(), PolicyTable.NAME, stages.policyTable());
    table(builder, BudgetTable.store(), BudgetTable.NAME, stages.budgetTable());

    KStream<byte[], Object> validated =
        builder.stream(config.topic("usage-events"), read("usage-events"))
            .process(stages.validate(DropDuplicates.NAME, REJECTED_EVENTS), as(Validate.NAME));
    write(validated, REJECTED_EVENTS);

    KStream<byte[], Object> costed =
        UsageTopology.<MeteredEvent>typed(validated)
            .process(stages.dropDuplicates(), as(DropDuplicates.NAME))
            .process(stages.findPrice(), as(FindPrice.NAME))
            .process(
                stages.calculateCost(
                    new CalculateCost.Outputs(
                        COSTED_USAGE, runsStage(), Combine.NAME, DetectRequestSpike.NAME)),
                as(CalculateCost.NAME),
                HeldEvents.STORE);
    write(costed, COSTED_USAGE);

    // Answered by find-price, whose store it fills: a request costs the events beside it nothing.
    KStream<byte[], byte[]> requests =
        builder.stream(config.topic("reprice-requests"), read("reprice-requests"));
    write(
        requests.process(stages.reprice(), as(Reprice.NAME), RepriceRequests.STORE),
        REJECTED_EVENTS,
        "rejected-requests");

    KStream<Integer, byte[]> sums =
        UsageTopology.<MeteredEvent>typed(costed).process(stages.combine(), as(Combine.NAME));
    Optional<KStream<Object, byte[]>> runs = runs(typed(costed));
    if (runs.isPresent()) {
      write(runs.get(), WORKFLOW_RUNS);
      sums = sums.merge(keyed(runs.get()), as(ROLLUP_SUMS));
    }
    KStream<byte[], Object> rolledUp =
        sums.repartition(byPartition(ROLLUP_SUMS))
            .process(stages.rollUp(USAGE_ROLLUPS, USAGE_DETECTORS), as(RollUp.NAME));
    write(rolledUp, USAGE_ROLLUPS);

    if (stages.detectorsEnabled()) {
      KStream<byte[], byte[]> inEvents = detectInEvents(typed(costed));
      if (runs.isPresent()) {
        inEvents = inEvents.merge(keyed(runs.get()), as(RUNAWAYS));
      }
      write(alerts(inEvents, detectInUsage(typed(rolledUp))), ALERTS);
    }

    return builder.build();
  }

  /** Findings in single events. */
  private KStream<byte[], byte[]> detectInEvents(KStream<byte[], MeteredEvent> costed) {
    return costed.process(stages.detectRequestSpike(), as(DetectRequestSpike.NAME));
  }

  /** Findings in what the roll-ups add; the stages are {@link #USAGE_DETECTORS}. */
  private KStream<byte[], byte[]> detectInUsage(KStream<byte[], ChangedUsage> rolledUp) {
    return rolledUp
        .process(stages.detectAnomaly(), as(DetectAnomaly.NAME))
        .merge(rolledUp.process(stages.detectDrift(), as(DetectDrift.NAME)), as("and-drift"))
        .merge(rolledUp.process(stages.detectSilence(), as(DetectSilence.NAME)), as("and-silence"))
        .merge(
            rolledUp.process(stages.detectUnpriced(), as(DetectUnpriced.NAME)), as("and-unpriced"))
        .merge(
            rolledUp.process(stages.watchBudgets(), as(WatchBudgets.NAME), RollUp.WINDOWS),
            as("and-budgets"));
  }

  /** All findings meet in one task, which makes alerts of them. */
  private KStream<byte[], byte[]> alerts(
      KStream<byte[], byte[]> inEvents, KStream<byte[], byte[]> inUsage) {
    // A topic for each: one for both would make one task of all that leads to it.
    KStream<byte[], byte[]> findings =
        inEvents
            .repartition(toOneTask("findings-in-events"))
            .merge(inUsage.repartition(toOneTask("findings-in-usage")), as("findings"));
    return findings
        .merge(findings.process(stages.watchPrices(), as(WatchPrices.NAME)), as("and-prices"))
        .process(stages.joinIncidents(), as(JoinIncidents.NAME));
  }

  /** Reads a compacted topic to its end before the first event, and from then on as it changes. */
  private void table(
      StreamsBuilder builder,
      StoreBuilder<?> store,
      String name,
      ProcessorSupplier<byte[], byte[], Void, Void> reader) {
    builder.addGlobalStore(
        store, config.topic(name), Consumed.with(ByteArray(), ByteArray()).withName(name), reader);
  }

  /** Follows runs where their events are costed, unless a run's events may be in any partition. */
  private Optional<KStream<Object, byte[]>> runs(KStream<byte[], MeteredEvent> costed) {
    if (runsStage().isEmpty()) {
      return Optional.empty();
    }
    TrackRun.Outputs outputs = new TrackRun.Outputs(WORKFLOW_RUNS, ROLLUP_SUMS, RUNAWAYS);
    if (!config.getBoolean(TokenmeterConfig.RUNS_REPARTITION)) {
      return Optional.of(costed.process(stages.trackRun(outputs), as(TrackRun.NAME)));
    }
    Serde<byte[]> bytes = ByteArray();
    return Optional.of(
        costed
            .process(stages.packRunStep(), as(PackRunStep.NAME))
            .repartition(
                Repartitioned.<byte[], byte[]>as("run-steps")
                    .withKeySerde(bytes)
                    .withValueSerde(bytes))
            .process(stages.trackPackedRun(outputs), as(TrackRun.NAME)));
  }

  /** The stage that gets the events of runs; empty for none. */
  private String runsStage() {
    if (!config.getBoolean(TokenmeterConfig.RUNS_ENABLED)) {
      return "";
    }
    return config.getBoolean(TokenmeterConfig.RUNS_REPARTITION) ? PackRunStep.NAME : TrackRun.NAME;
  }

  private static Consumed<byte[], byte[]> read(String name) {
    return Consumed.with(ByteArray(), ByteArray()).withName(name + "-source");
  }

  private static Named as(String name) {
    return Named.as(name);
  }

  private void write(KStream<?, ?> stream, String topic) {
    write(stream, topic, topic);
  }

  @SuppressWarnings("unchecked")
  private void write(KStream<?, ?> stream, String topic, String name) {
    ((KStream<byte[], byte[]>) stream)
        .to(config.topic(topic), Produced.with(ByteArray(), ByteArray()).withName(name));
  }

  /** Sums carry the partition they belong to as their key. */
  private Repartitioned<Integer, byte[]> byPartition(String name) {
    Serde<byte[]> bytes = ByteArray();
    return Repartitioned.<Integer, byte[]>as(name)
        .withKeySerde(Integer())
        .withValueSerde(bytes)
        .withNumberOfPartitions(config.getInt(TokenmeterConfig.ROLLUP_PARTITIONS))
        .withStreamPartitioner(
            (topic, partition, sums, partitions) -> Optional.of(Set.of(partition)));
  }

  private static Repartitioned<byte[], byte[]> toOneTask(String name) {
    return Repartitioned.<byte[], byte[]>as(name)
        .withKeySerde(ByteArray())
        .withValueSerde(ByteArray())
        .withNumberOfPartitions(1);
  }

  /**
   * A stage with two kinds of output names the child that gets each; here is the kind that goes on.
   */
  @SuppressWarnings("unchecked")
  private static <V> KStream<byte[], V> typed(KStream<byte[], Object> stream) {
    return (KStream<byte[], V>) (KStream<?, ?>) stream;
  }

  @SuppressWarnings("unchecked")
  private static <K> KStream<K, byte[]> keyed(KStream<Object, byte[]> stream) {
    return (KStream<K, byte[]>) (KStream<?, ?>) stream;
  }
}
