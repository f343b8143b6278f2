package io.tokenmeter.schemas;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * One record of each schema with every field present, and one with nothing that may be left out.
 * Extend them when a schema grows.
 */
final class Examples {
  private static final Instant TIME = Instant.parse("2026-03-15T10:17:35.250001Z");

  static {
    GeneratedClasses.trust();
  }

  private Examples() {}

  /** The example of a schema in which no field is absent. */
  static SpecificRecordBase full(Schema schema) {
    return switch (schema.getName()) {
      case "Alert" -> fullAlert();
      case "Budget" -> fullBudget();
      case "CostedUsage" -> fullCostedUsage();
      case "DetectorPolicy" ->
          new DetectorPolicy("api_key:prod-*", "anomaly", false, Map.of("floor_usd", "5"));
      case "Price" -> fullPrice();
      case "RejectedEvent" -> fullRejectedEvent();
      case "UsageEvent" -> fullUsageEvent();
      case "UsageRollup" -> fullUsageRollup();
      case "WorkflowRun" -> fullWorkflowRun();
      default -> throw missing(schema);
    };
  }

  /** The example of a schema with required fields only. */
  static SpecificRecordBase minimal(Schema schema) {
    return switch (schema.getName()) {
      case "Alert" ->
          Alert.newBuilder()
              .setAlertId("a-1")
              .setState(AlertState.RESOLVED)
              .setDetector("budget")
              .setSeverity(Severity.INFO)
              .setDimension("team")
              .setKey("")
              .setSince(TIME)
              .setUpdatedAt(TIME)
              .setSentence("")
              .build();
      case "Budget" ->
          Budget.newBuilder()
              .setBudgetId("b-1")
              .setDimension("team")
              .setKey("search")
              .setPeriod(BudgetPeriod.DAY)
              .setLimitUsd(usd("0.000000000000"))
              .build();
      case "CostedUsage" ->
          CostedUsage.newBuilder()
              .setEventId("e-2")
              .setOccurredAt(Instant.EPOCH)
              .setProvider("p")
              .setModel("m")
              .build();
      case "DetectorPolicy" ->
          DetectorPolicy.newBuilder().setSubjectPattern("*").setDetector("drift").build();
      case "Price" ->
          Price.newBuilder().setProvider("p").setModel("m").setPrices(List.of()).build();
      case "RejectedEvent" ->
          RejectedEvent.newBuilder()
              .setReason("UNDECODABLE")
              .setMessage("the record has no value")
              .setStage("validate")
              .setSourceTopic("tokenmeter.usage-events")
              .setSourcePartition(0)
              .setSourceOffset(0)
              .setSourceTimestamp(TIME)
              .build();
      case "UsageEvent" ->
          UsageEvent.newBuilder()
              .setEventId("e-2")
              .setOccurredAt(Instant.EPOCH)
              .setProvider("p")
              .setModel("m")
              .build();
      case "UsageRollup" -> minimalUsageRollup();
      case "WorkflowRun" ->
          WorkflowRun.newBuilder()
              .setRunId("r-2")
              .setStatus(RunStatus.OPEN)
              .setRevision(1)
              .setFirstEventAt(TIME)
              .setLastEventAt(TIME)
              .setSteps(0)
              .setErrors(0)
              .setRetries(0)
              .setUnpricedSteps(0)
              .setInputTokens(0)
              .setOutputTokens(0)
              .setCostUsd(usd("0.000000000000"))
              .build();
      default -> throw missing(schema);
    };
  }

  private static IllegalStateException missing(Schema schema) {
    return new IllegalStateException(
        "schema " + schema.getName() + " has no example; add both kinds to Examples");
  }

  private static Alert fullAlert() {
    return Alert.newBuilder()
        .setAlertId("anomaly/team/search/2026-03-15T10")
        .setState(AlertState.FIRING)
        .setDetector("anomaly")
        .setSeverity(Severity.CRITICAL)
        .setDimension("team")
        .setKey("search")
        .setSince(TIME)
        .setUpdatedAt(TIME.plusSeconds(61))
        .setObservedUsd(usd("412.500000000001"))
        .setExpectedUsd(usd("20.125000000000"))
        .setThresholdUsd(usd("60.000000000000"))
        .setAtStakeUsd(usd("9028.500000000000"))
        .setSentence("Team search spends 20 times as much as at this hour of other Sundays.")
        .setCause("spend-up")
        .setAlso(List.of("api_key:key-7f", "model:claude-sonnet-4-6"))
        .setWindowStart(TIME.minusSeconds(1055))
        .setWindowEnd(TIME)
        .setResolvedAt(TIME.plusSeconds(3_600))
        .setDrivers(
            List.of(
                new AlertDriver(
                    "request volume", usd("400.000000000000"), "120 to 2,400 requests an hour"),
                new AlertDriver("cache-hit rate", usd("-7.624999999999"), "40 % to 52 %")))
        .build();
  }

  private static Budget fullBudget() {
    return Budget.newBuilder()
        .setBudgetId("search-monthly")
        .setDimension("team")
        .setKey("search")
        .setPeriod(BudgetPeriod.MONTH)
        .setLimitUsd(usd("25000.000000000000"))
        .setTimeZone("Europe/Berlin")
        .setThresholdsPercent(List.of(25, 90, 110))
        .setOwner("finops@example.com")
        .build();
  }

  private static UsageEvent fullUsageEvent() {
    return UsageEvent.newBuilder()
        .setEventId("0195-größe-e1")
        .setOccurredAt(TIME)
        .setProvider("anthropic")
        .setModel("claude-sonnet-4-6")
        .setRequestedModel("claude-sonnet")
        .setOperation("chat")
        .setServiceTier("batch")
        .setRegion("eu-west-1")
        .setApiKeyId("key-7f")
        .setProject("assistant")
        .setTeam("search")
        .setUserId("u-1")
        .setCustomerId("c-1")
        .setEnvironment("production")
        .setWorkflow("support-ticket")
        .setRunId("run-9")
        .setStepId("s-3")
        .setParentStepId("s-1")
        .setStepName("summarise")
        .setAgent("triage")
        .setAttempt(2)
        .setRetryOf("0195-e0")
        .setCostRole(CostRole.ROLLUP)
        .setOutcome("resolved")
        .setStatus(RequestStatus.ABORTED)
        .setErrorType("timeout")
        .setLatencyMs(12_345L)
        .setTimeToFirstTokenMs(678L)
        .setMaxOutputTokens(4_096L)
        .setUsageSource(UsageSource.PARTIAL)
        .setInputTokens(1_000_000_000_000L)
        .setCacheReadTokens(600L)
        .setCacheWriteTokens(300L)
        .setCacheWrite1hTokens(100L)
        .setOutputTokens(500L)
        .setReasoningTokens(0L)
        .setExtraUnits(extraUnits())
        .setProviderReportedCostUsd(usd("-0.000000000001"))
        .setTags(new TreeMap<>(Map.of("feature", "search", "empty", "", "日本", "語")))
        .build();
  }

  private static Map<String, BigDecimal> extraUnits() {
    return new TreeMap<>(
        Map.of(
            "audio_seconds", new BigDecimal("12.340000"),
            "web_searches", new BigDecimal("3.000000"),
            "gpu_seconds", new BigDecimal("999999999999.999999")));
  }

  private static CostedUsage fullCostedUsage() {
    UsageEvent event = fullUsageEvent();
    CostedUsage costed = new CostedUsage();
    event
        .getSchema()
        .getFields()
        .forEach(field -> costed.put(field.name(), event.get(field.name())));
    costed.setCostUsd(usd("1.290000000001"));
    costed.setInputCostUsd(usd("1.237500000000"));
    costed.setOutputCostUsd(usd("0.022500000001"));
    costed.setCacheReadCostUsd(usd("0.060000000000"));
    costed.setCacheWriteCostUsd(usd("0.037500000000"));
    costed.setFeeCostUsd(usd("0.030000000000"));
    costed.setPricingStatus(PricingStatus.FALLBACK);
    costed.setUnpricedReason("UNIT_NOT_PRICED: gpu_seconds");
    costed.setPriceKey("anthropic|claude-sonnet-4-6|2026-01-01T00:00:00Z");
    costed.setPriceEffectiveFrom(Instant.parse("2026-01-01T00:00:00Z"));
    costed.setPriceServiceTier("standard");
    costed.setPriceContextThreshold(200_000L);
    costed.setPriceTimeWindow("off-peak");
    costed.setPricingFallbacks(List.of("output_reasoning_tokens -> output_tokens"));
    costed.setLines(
        List.of(
            line("input_tokens", "190000.000000", "0.000006000000", "1.140000000000"),
            line("web_searches", "3.000000", "0.010000000000", "0.030000000000")));
    costed.setRevision(2);
    return costed;
  }

  private static LineItem line(String unit, String quantity, String price, String cost) {
    return new LineItem(unit, new BigDecimal(quantity), usd(price), usd(cost));
  }

  private static Price fullPrice() {
    PriceOfUnit input =
        new PriceOfUnit(
            "standard",
            "input_tokens",
            usd("0.000003000000"),
            List.of(new PriceContextTier(200_000L, usd("0.000006000000"))));
    PriceOfUnit batch = new PriceOfUnit("batch", "input_tokens", usd("0.000001500000"), List.of());
    PriceTimeWindow night =
        new PriceTimeWindow(
            "off-peak",
            "Asia/Shanghai",
            List.of(1, 7),
            LocalTime.of(0, 30),
            LocalTime.of(8, 30),
            List.of(batch));
    return Price.newBuilder()
        .setProvider("anthropic")
        .setProviderAliases(List.of("claude"))
        .setModel("claude-sonnet-4-6")
        .setModelPatterns(
            List.of(
                new PriceModelPattern(PricePatternKind.STARTS_WITH, "claude-sonnet-4-6-"),
                new PriceModelPattern(PricePatternKind.REGEX, "^claude-.*$")))
        .setRegion("eu-west-1")
        .setProject("assistant")
        .setTeam("search")
        .setEffectiveFrom(Instant.parse("2026-01-01T00:00:00Z"))
        .setEffectiveTo(Instant.parse("2027-01-01T00:00:00Z"))
        .setPrices(List.of(input, batch))
        .setWindows(List.of(night))
        .setInclusiveThresholds(true)
        .setMarginalTiers(true)
        .setRegionMultipliers(Map.of("eu-west-1", usd("1.100000000000")))
        .setMultipliersCoverCache(false)
        .setSource("docs.anthropic.com, 2026-01-02")
        .build();
  }

  private static RejectedEvent fullRejectedEvent() {
    return RejectedEvent.newBuilder()
        .setReason("NEGATIVE_COUNT")
        .setMessage("input_tokens is -1, below zero")
        .setStage("validate")
        .setEventId("e-1")
        .setSourceTopic("tokenmeter.usage-events")
        .setSourcePartition(3)
        .setSourceOffset(5_000_000_000L)
        .setSourceTimestamp(TIME)
        .setRawKey(ByteBuffer.wrap(new byte[] {1, 2}))
        .setRawValue(ByteBuffer.wrap(new byte[] {0, -1, 127, -128}))
        .setRawValueSize(900_001L)
        .build();
  }

  private static UsageRollup fullUsageRollup() {
    UsageRollup rollup = minimalUsageRollup();
    rollup.setGranularity(Granularity.MONTH);
    rollup.setTimeZone("Asia/Kolkata");
    rollup.setDimension("api_key+model");
    rollup.setKey("key-7f");
    rollup.setSubKey("gpt-4o");
    rollup.setRevision(17);
    rollup.setRequests(1_000);
    rollup.setErrors(10);
    rollup.setRetries(9);
    rollup.setUnpricedRequests(8);
    rollup.setFallbackRequests(7);
    rollup.setInputTokens(6_000_000_000L);
    rollup.setCacheReadTokens(5);
    rollup.setCacheWriteTokens(4);
    rollup.setOutputTokens(3);
    rollup.setReasoningTokens(2);
    rollup.setCostUsd(usd("99999999999999.000000000015"));
    rollup.setInputCostUsd(usd("0.000000000001"));
    rollup.setCacheReadCostUsd(usd("0.000000000002"));
    rollup.setCacheWriteCostUsd(usd("0.000000000003"));
    rollup.setOutputCostUsd(usd("99999999999999.000000000004"));
    rollup.setFeeCostUsd(usd("0.000000000005"));
    rollup.setBatchCostUsd(usd("0.000000000011"));
    rollup.setBatchInputCostUsd(usd("0.000000000001"));
    rollup.setBatchCacheReadCostUsd(usd("0.000000000002"));
    rollup.setBatchCacheWriteCostUsd(usd("0.000000000003"));
    rollup.setBatchOutputCostUsd(usd("0.000000000004"));
    rollup.setBatchFeeCostUsd(usd("0.000000000001"));
    rollup.setLatencyCount(990);
    rollup.setLatencyP50Ms(812.5);
    rollup.setLatencyP95Ms(2_012.25);
    rollup.setLatencyP99Ms(60_000.0);
    rollup.setLatencySketch(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    rollup.setRuns(70L);
    rollup.setSuccessfulRuns(60L);
    rollup.setRunSteps(990L);
    rollup.setRunRetries(9L);
    rollup.setRunCostUsd(usd("6.000000000000"));
    rollup.setRunRetryCostUsd(usd("0.500000000000"));
    rollup.setCostPerSuccessfulRunUsd(usd("0.100000000000"));
    rollup.setRunCostP50Usd(usd("0.047500000000"));
    rollup.setRunCostP95Usd(usd("0.250000000000"));
    rollup.setRunCostP99Usd(usd("1.500000000000"));
    rollup.setRunCostMaxUsd(usd("1.512345678901"));
    rollup.setRunCostSketch(ByteBuffer.wrap(new byte[] {4, 5}));
    return rollup;
  }

  private static UsageRollup minimalUsageRollup() {
    BigDecimal zero = usd("0.000000000000");
    return UsageRollup.newBuilder()
        .setGranularity(Granularity.MINUTE)
        .setWindowStart(Instant.parse("2026-03-15T10:17:00Z"))
        .setWindowEnd(Instant.parse("2026-03-15T10:18:00Z"))
        .setTimeZone("UTC")
        .setDimension("model")
        .setKey("")
        .setRevision(1)
        .setRequests(0)
        .setErrors(0)
        .setRetries(0)
        .setUnpricedRequests(0)
        .setFallbackRequests(0)
        .setInputTokens(0)
        .setCacheReadTokens(0)
        .setCacheWriteTokens(0)
        .setOutputTokens(0)
        .setReasoningTokens(0)
        .setCostUsd(zero)
        .setInputCostUsd(zero)
        .setCacheReadCostUsd(zero)
        .setCacheWriteCostUsd(zero)
        .setOutputCostUsd(zero)
        .setFeeCostUsd(zero)
        .setBatchCostUsd(zero)
        .setBatchInputCostUsd(zero)
        .setBatchCacheReadCostUsd(zero)
        .setBatchCacheWriteCostUsd(zero)
        .setBatchOutputCostUsd(zero)
        .setBatchFeeCostUsd(zero)
        .setLatencyCount(0)
        .build();
  }

  private static WorkflowRun fullWorkflowRun() {
    return WorkflowRun.newBuilder()
        .setRunId("run-9")
        .setWorkflow("support-ticket")
        .setStatus(RunStatus.CLOSED)
        .setOutcome("resolved")
        .setRevision(3)
        .setFirstEventAt(TIME)
        .setLastEventAt(TIME.plusSeconds(90))
        .setSteps(8)
        .setErrors(1)
        .setRetries(1)
        .setUnpricedSteps(2)
        .setInputTokens(123_456_789_012L)
        .setOutputTokens(5)
        .setCostUsd(usd("0.123456789012"))
        .setDurationMs(90_001L)
        .setCriticalPathMs(61_000L)
        .setLatencyMs(88_000L)
        .setDepth(4)
        .setSpans(2)
        .setFallbackSteps(3)
        .setIdenticalSteps(6)
        .setCacheReadTokens(7)
        .setCacheWriteTokens(9)
        .setReasoningTokens(10)
        .setRetryCostUsd(usd("0.000000000011"))
        .setDearestMinuteUsd(usd("0.100000000000"))
        .setByModel(List.of(runPart("gpt-4o", 5), runPart("gpt-4o-mini", 3)))
        .setByStepName(List.of(runPart("größe", 8)))
        .setByAgent(List.of(runPart("", 8)))
        .setDearestSteps(List.of(dearestStep()))
        .build();
  }

  private static RunPart runPart(String name, long steps) {
    return RunPart.newBuilder()
        .setName(name)
        .setSteps(steps)
        .setErrors(1)
        .setRetries(2)
        .setUnpricedSteps(3)
        .setInputTokens(4)
        .setOutputTokens(5)
        .setLatencyMs(6)
        .setCostUsd(usd("0.070000000007"))
        .setRetryCostUsd(usd("0.008000000000"))
        .build();
  }

  private static RunStepCost dearestStep() {
    return RunStepCost.newBuilder()
        .setEventId("0195-größe-e1")
        .setStepId("s-3")
        .setStepName("summarise")
        .setAgent("triage")
        .setModel("gpt-4o")
        .setOccurredAt(TIME)
        .setLatencyMs(12_345L)
        .setAttempt(2)
        .setFailed(true)
        .setInputTokens(3_000)
        .setOutputTokens(200)
        .setCostUsd(usd("0.009500000000"))
        .build();
  }

  private static BigDecimal usd(String amount) {
    return new BigDecimal(amount);
  }
}
