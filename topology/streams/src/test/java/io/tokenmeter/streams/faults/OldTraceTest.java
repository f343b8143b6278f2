package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Two clocks: when events happened, years ago, and when they arrive. */
class OldTraceTest {
  private static final Instant TRACE = Instant.parse("2023-11-16T18:15:46Z");
  private static final Instant TOO_LATE = Instant.parse("2023-11-18T10:00:00Z");

  @Test
  void traceOfLastYears_isRolledUpUntilNewerEventsCloseItsWindows() throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), "old-trace", 1);
        UsageProducer producer = new UsageProducer(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      proof.withoutRollupsOf(time -> !time.isBefore(TOO_LATE) && time.isBefore(Workload.START));
      TestPrices.initial().forEach(producer::publish);
      sendFrom(TRACE, producer);
      try (TokenmeterApplication application = deployment.start()) {
        proof.await(PATIENCE);
        long rollups = proof.rollups();
        sendFrom(Workload.START, producer);
        proof.await(PATIENCE);
        assertThat(proof.rollups()).isGreaterThan(rollups);
        // More than 35 days older than what this roll-up task has seen: costed, but in no roll-up.
        sendFrom(TOO_LATE, producer);
        proof.await(PATIENCE);
        assertThat(application.metrics())
            .containsPattern("tokenmeter_roll_up_beyond_retention_total [1-9]");
      }
      assertThat(timestampTypes(deployment)).hasSizeGreaterThan(10).containsOnly("LogAppendTime");
    }
  }

  private static void sendFrom(Instant start, UsageProducer producer) {
    for (int i = 0; i < 300; i++) {
      producer.send(
          UsageEvent.newBuilder()
              .setEventId(start + "-" + i)
              .setOccurredAt(start.plusSeconds(i))
              .setProvider("openai")
              .setModel("gpt-4o")
              .setWorkflow("w" + i % 3)
              .setInputTokens(100L + i)
              .setOutputTokens(10L + i)
              .setLatencyMs(500L + i)
              .build());
    }
    producer.flush();
  }

  /** How the application's topics are stamped, catalogued and internal ones. */
  private static List<String> timestampTypes(Deployment deployment) throws Exception {
    List<ConfigResource> topics =
        deployment.admin().listTopics().names().get().stream()
            .filter(topic -> topic.startsWith(deployment.applicationId()))
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    Map<ConfigResource, Config> configs = deployment.admin().describeConfigs(topics).all().get();
    return configs.values().stream()
        .map(config -> config.get("message.timestamp.type").value())
        .toList();
  }
}
