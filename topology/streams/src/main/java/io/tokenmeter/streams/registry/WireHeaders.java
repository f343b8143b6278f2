package io.tokenmeter.streams.registry;

import io.tokenmeter.streams.TokenmeterConfig;
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
          WireFormat.header(serializer, config.topic("costed-usage"), SampleRecords.costedUsage()),
          WireFormat.header(serializer, config.topic("usage-rollups"), SampleRecords.usageRollup()),
          WireFormat.header(
              serializer, config.topic("rejected-events"), SampleRecords.rejectedEvent()),
          WireFormat.header(serializer, config.topic("workflow-runs"), SampleRecords.workflowRun()),
          WireFormat.header(serializer, config.topic("alerts"), SampleRecords.alert()));
    }
  }
}
