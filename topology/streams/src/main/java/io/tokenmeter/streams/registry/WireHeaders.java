package io.tokenmeter.streams.registry;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.Severity;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.TokenmeterConfig;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the records begin with whose bodies the application writes itself: magic byte and schema id.
 *
 * @param costedUsage of CostedUsage
 * @param usageRollup of UsageRollup
 * @param rejectedEvent of RejectedEvent
 * @param workflowRun of WorkflowRun
 * @param alert of Alert
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WireHeaders(
    byte[] costedUsage,
    byte[] usageRollup,
    byte[] rejectedEvent,
    byte[] workflowRun,
    byte[] alert) {

  /**
   * Learns the headers from the configured serializer, which registers the schemas where it is set
   * to.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if the registry cannot be reached
   *     or refuses
   */
  public static WireHeaders learn(TokenmeterConfig config, Serdes serdes) {
    try (Serializer<Object> serializer = serdes.serializer()) {
      return new WireHeaders(
          WireFormat.header(serializer, config.topic("costed-usage"), costedUsageSample()),
          WireFormat.header(serializer, config.topic("usage-rollups"), usageRollupSample()),
          WireFormat.header(serializer, config.topic("rejected-events"), rejectedEventSample()),
          WireFormat.header(serializer, config.topic("workflow-runs"), workflowRunSample()),
          WireFormat.header(serializer, config.topic("alerts"), alertSample()));
    }
  }

  private static CostedUsage costedUsageSample() {
    return CostedUsage.newBuilder()
        .setEventId("sample")
        .setOccurredAt(Instant.EPOCH)
        .setProvider("sample")
        .setModel("sample")
        .build();
  }

  private static RejectedEvent rejectedEventSample() {
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

  private static Alert alertSample() {
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

  private static WorkflowRun workflowRunSample() {
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

  private static UsageRollup usageRollupSample() {
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
