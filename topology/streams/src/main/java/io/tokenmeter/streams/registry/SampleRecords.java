package io.tokenmeter.streams.registry;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.Severity;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import java.math.BigDecimal;
import java.time.Instant;

/** The least records of each kind, to learn with them what records of their schema begin with. */
public final class SampleRecords {
  private SampleRecords() {}

  /** A sample of UsageEvent. */
  public static UsageEvent usageEvent() {
    return UsageEvent.newBuilder()
        .setEventId("sample")
        .setOccurredAt(Instant.EPOCH)
        .setProvider("sample")
        .setModel("sample")
        .build();
  }

  /** A sample of CostedUsage. */
  static CostedUsage costedUsage() {
    return CostedUsage.newBuilder()
        .setEventId("sample")
        .setOccurredAt(Instant.EPOCH)
        .setProvider("sample")
        .setModel("sample")
        .build();
  }

  /** A sample of RejectedEvent. */
  public static RejectedEvent rejectedEvent() {
    return RejectedEvent.newBuilder()
        .setReason("sample")
        .setMessage("sample")
        .setStage("sample")
        .setSourceTopic("sample")
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setSourceTimestamp(Instant.EPOCH)
        .build();
  }

  /** A sample of Alert. */
  static Alert alert() {
    return Alert.newBuilder()
        .setAlertId("sample")
        .setState(AlertState.RESOLVED)
        .setDetector("sample")
        .setSeverity(Severity.INFO)
        .setDimension("model")
        .setKey("sample")
        .setSince(Instant.EPOCH)
        .setUpdatedAt(Instant.EPOCH)
        .setSentence("sample")
        .build();
  }

  /** A sample of WorkflowRun. */
  static WorkflowRun workflowRun() {
    return WorkflowRun.newBuilder()
        .setRunId("sample")
        .setStatus(RunStatus.OPEN)
        .setRevision(0)
        .setFirstEventAt(Instant.EPOCH)
        .setLastEventAt(Instant.EPOCH)
        .setSteps(0)
        .setErrors(0)
        .setRetries(0)
        .setUnpricedSteps(0)
        .setInputTokens(0)
        .setOutputTokens(0)
        .setCostUsd(new BigDecimal("0.000000000000"))
        .build();
  }

  /** A sample of UsageRollup. */
  static UsageRollup usageRollup() {
    UsageRollup rollup = new UsageRollup();
    rollup.setGranularity(Granularity.MINUTE);
    rollup.setWindowStart(Instant.EPOCH);
    rollup.setWindowEnd(Instant.EPOCH);
    rollup.setTimeZone("UTC");
    rollup.setDimension("model");
    rollup.setKey("sample");
    BigDecimal zero = new BigDecimal("0.000000000000");
    rollup.setCostUsd(zero);
    rollup.setInputCostUsd(zero);
    rollup.setCacheReadCostUsd(zero);
    rollup.setCacheWriteCostUsd(zero);
    rollup.setOutputCostUsd(zero);
    rollup.setFeeCostUsd(zero);
    rollup.setBatchCostUsd(zero);
    rollup.setBatchInputCostUsd(zero);
    rollup.setBatchCacheReadCostUsd(zero);
    rollup.setBatchCacheWriteCostUsd(zero);
    rollup.setBatchOutputCostUsd(zero);
    rollup.setBatchFeeCostUsd(zero);
    return rollup;
  }
}
