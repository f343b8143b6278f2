package io.tokenmeter.streams;

import io.tokenmeter.domain.alert.JoinRules;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.domain.usage.UsageValidator;
import io.tokenmeter.schemas.CostedUsage;
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
import io.tokenmeter.streams.price.PriceTable;
import io.tokenmeter.streams.registry.Serdes;
import io.tokenmeter.streams.registry.UsageBodies;
import io.tokenmeter.streams.registry.WireHeaders;
import io.tokenmeter.streams.reprice.Reprice;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.rollup.Combine;
import io.tokenmeter.streams.rollup.LastWriteBack;
import io.tokenmeter.streams.rollup.RollUp;
import io.tokenmeter.streams.run.PackRunStep;
import io.tokenmeter.streams.run.RunFollowing;
import io.tokenmeter.streams.run.TrackRun;
import io.tokenmeter.streams.spike.DetectRequestSpike;
import io.tokenmeter.streams.spike.SpikeGate;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.validate.Rejections;
import io.tokenmeter.streams.validate.Validate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Makes the stages of the topology from the settings. */
public final class Stages {
  private final TokenmeterConfig config;
  private final Serdes serdes;
  private final WireHeaders headers;
  private final Meters meters;
  private final PriceTable prices = new PriceTable();
  private final PolicyTable policies = new PolicyTable();
  private final BudgetTable budgets;
  private final LastWriteBack lastWriteBack = new LastWriteBack();

  /**
   * Stages with the given settings.
   *
   * @param headers what output records begin with; asking for them may register their schemas
   */
  public Stages(TokenmeterConfig config, Serdes serdes, WireHeaders headers, Meters meters) {
    this.config = config;
    this.serdes = serdes;
    this.headers = headers;
    this.meters = meters;
    budgets = new BudgetTable(config.dimensions());
  }

  /** Asks for all roll-ups to be written out before the application stops. */
  LastWriteBack lastWriteBack() {
    return lastWriteBack;
  }

  ProcessorSupplier<byte[], byte[], Void, Void> priceTable() {
    return prices.supplier(config.topic("price-table"), serdes::patientDeserializer, meters);
  }

  ProcessorSupplier<byte[], byte[], Void, Void> policyTable() {
    return policies.supplier(
        config.topic("detector-policies"), serdes::patientDeserializer, meters);
  }

  ProcessorSupplier<byte[], byte[], Void, Void> budgetTable() {
    return budgets.supplier(config.topic("budgets"), serdes::patientDeserializer, meters);
  }

  ProcessorSupplier<byte[], byte[], byte[], Object> validate(String next, String rejected) {
    Duration maxSkew = millis(TokenmeterConfig.EVENT_MAX_FUTURE_MS);
    return Validate.supplier(
        () -> new UsageBodies(config.topic("usage-events"), serdes.genericDeserializer()),
        this::rejections,
        () -> new UsageValidator(maxSkew),
        config.getInt(TokenmeterConfig.EVENT_MAX_BYTES),
        meters,
        next,
        rejected);
  }

  ProcessorSupplier<byte[], byte[], byte[], byte[]> reprice() {
    Duration maxSkew = millis(TokenmeterConfig.EVENT_MAX_FUTURE_MS);
    return Reprice.supplier(
        () ->
            new UsageBodies(
                CostedUsage.getClassSchema(),
                config.topic("reprice-requests"),
                serdes.genericDeserializer()),
        this::rejections,
        () -> new UsageValidator(maxSkew),
        meters);
  }

  private Rejections rejections() {
    return new Rejections(
        headers.rejectedEvent(), config.getInt(TokenmeterConfig.REJECTED_RAW_VALUE_LIMIT));
  }

  ProcessorSupplier<byte[], MeteredEvent, byte[], MeteredEvent> dropDuplicates() {
    return DropDuplicates.supplier(config.dedupeHorizon(), meters);
  }

  ProcessorSupplier<byte[], MeteredEvent, byte[], MeteredEvent> findPrice() {
    return FindPrice.supplier(
        prices,
        new FindPrice.Holding(
            millis(TokenmeterConfig.REPRICE_INTERVAL_MS),
            config.getInt(TokenmeterConfig.REPRICE_STEP_EVENTS),
            millis(TokenmeterConfig.HELD_RETENTION_MS)));
  }

  ProcessorSupplier<byte[], MeteredEvent, byte[], Object> calculateCost(
      CalculateCost.Outputs outputs) {
    return CalculateCost.supplier(
        headers.costedUsage(),
        meters,
        outputs,
        () -> new SpikeGate(detectorsEnabled() ? policies::policies : null));
  }

  ProcessorSupplier<byte[], MeteredEvent, Object, byte[]> trackRun(TrackRun.Outputs outputs) {
    return TrackRun.ofEvents(following(), surroundings(outputs));
  }

  ProcessorSupplier<byte[], MeteredEvent, byte[], byte[]> packRunStep() {
    return PackRunStep.supplier();
  }

  ProcessorSupplier<byte[], byte[], Object, byte[]> trackPackedRun(TrackRun.Outputs outputs) {
    return TrackRun.ofPackedSteps(following(), surroundings(outputs));
  }

  private TrackRun.Surroundings surroundings(TrackRun.Outputs outputs) {
    return new TrackRun.Surroundings(
        headers.workflowRun(),
        lastWriteBack,
        detectorsEnabled() ? policies::policies : null,
        meters,
        outputs);
  }

  private RunFollowing following() {
    boolean byWorkflow =
        config.dimensions().stream().anyMatch(dimension -> dimension.name().equals("workflow"));
    return new RunFollowing(
        millis(TokenmeterConfig.RUNS_EMIT_INTERVAL_MS),
        millis(TokenmeterConfig.RUNS_INACTIVITY_MS),
        millis(TokenmeterConfig.RUNS_RETENTION_MS),
        config.getInt(TokenmeterConfig.RUNS_CACHED),
        Set.copyOf(config.getList(TokenmeterConfig.RUNS_SUCCESS_OUTCOMES)),
        byWorkflow ? config.getInt(TokenmeterConfig.ROLLUP_PARTITIONS) : 0);
  }

  ProcessorSupplier<byte[], MeteredEvent, byte[], byte[]> detectRequestSpike() {
    return DetectRequestSpike.supplier(policies::policies, meters);
  }

  ProcessorSupplier<byte[], MeteredEvent, Integer, byte[]> combine() {
    return Combine.supplier(
        config.dimensions(),
        config.getInt(TokenmeterConfig.ROLLUP_PARTITIONS),
        config.getInt(TokenmeterConfig.COMBINE_MAX_SUMS));
  }

  ProcessorSupplier<Integer, byte[], byte[], Object> rollUp(
      String rollups, List<String> detectors) {
    return RollUp.supplier(
        new WindowCalendar(config.timeZone()),
        new RollUp.Keeping(
            millis(TokenmeterConfig.ROLLUP_EMIT_INTERVAL_MS),
            millis(TokenmeterConfig.ROLLUP_RETENTION_MS),
            config.getInt(TokenmeterConfig.ROLLUP_CACHED_WINDOWS)),
        headers.usageRollup(),
        new RollUp.Outputs(
            rollups, detectorsEnabled() ? detectors : List.of(), config.dimensions()),
        lastWriteBack,
        meters);
  }

  boolean detectorsEnabled() {
    return config.getBoolean(TokenmeterConfig.DETECTORS_ENABLED);
  }

  ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> detectAnomaly() {
    return DetectAnomaly.supplier(policies::policies, cachedSubjects(), meters);
  }

  ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> detectDrift() {
    return DetectDrift.supplier(policies::policies, cachedSubjects(), meters);
  }

  ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> detectSilence() {
    return DetectSilence.supplier(policies::policies, cachedSubjects(), meters);
  }

  ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> detectUnpriced() {
    return DetectUnpriced.supplier(
        policies::policies, millis(TokenmeterConfig.HELD_RETENTION_MS), cachedSubjects(), meters);
  }

  ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> watchBudgets() {
    return WatchBudgets.supplier(
        new WatchBudgets.Surroundings(
            budgets::budgets,
            policies::policies,
            new WindowCalendar(config.timeZone()),
            config.getInt(TokenmeterConfig.ROLLUP_PARTITIONS)),
        meters);
  }

  ProcessorSupplier<byte[], byte[], byte[], byte[]> watchPrices() {
    return WatchPrices.supplier(prices, policies::policies, meters);
  }

  ProcessorSupplier<byte[], byte[], byte[], byte[]> joinIncidents() {
    return JoinIncidents.supplier(
        new JoinRules(
            millis(TokenmeterConfig.ALERTS_SIBLING_WAIT_MS),
            millis(TokenmeterConfig.ALERTS_COOL_DOWN_MS)),
        headers.alert(),
        meters);
  }

  private int cachedSubjects() {
    return config.getInt(TokenmeterConfig.DETECTORS_CACHED_SUBJECTS);
  }

  private Duration millis(String setting) {
    return Duration.ofMillis(config.getLong(setting));
  }
}
