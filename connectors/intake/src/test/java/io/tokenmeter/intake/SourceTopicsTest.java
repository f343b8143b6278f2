package io.tokenmeter.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.intake.fixture.Deployment;
import io.tokenmeter.intake.fixture.IntakeProcess;
import io.tokenmeter.intake.fixture.Spans;
import io.tokenmeter.intake.fixture.TopicTail;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.UsageEvent;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage from topics that other systems write. */
class SourceTopicsTest {
  private static final int BATCHES = 400;
  private static final int SPANS = 5;

  @TempDir Path directory;

  @Test
  void sources_ofSeveralFormats_areMappedAndRejectsSayWhereTheyStood() throws Exception {
    try (Deployment deployment = new Deployment("intake-formats", directory);
        KafkaProducer<byte[], byte[]> producer = producer(deployment)) {
      deployment.createTopic("formats-proto", 1);
      deployment.createTopic("formats-usage", 1);
      send(producer, "formats-proto", Spans.request(1, 2, 10).toByteArray());
      send(producer, "formats-usage", usage("good").getBytes(UTF_8));
      send(producer, "formats-usage", "{".getBytes(UTF_8));
      send(producer, "formats-usage", null);
      producer.flush();
      try (IntakeService intake = deployment.intake(formats());
          TopicTail events = deployment.tail("usage-events");
          TopicTail rejected = deployment.tail("rejected-events")) {
        events.awaitCount(3);
        assertThat(events.values(UsageEvent.class))
            .filteredOn(event -> event.getEventId().equals("good"))
            .singleElement()
            .satisfies(event -> assertThat(event.getTeam()).isEqualTo("platform"));
        assertThat(events.entries()).anyMatch(e -> e.key().endsWith("1")); // the trace, as the run
        rejected.awaitCount(2);
        assertThat(rejected.values(RejectedEvent.class))
            .allSatisfy(
                event -> {
                  assertThat(event.getSourceTopic()).isEqualTo("formats-usage");
                  assertThat(event.getReason()).isEqualTo("UNDECODABLE");
                  assertThat(event.getStage()).isEqualTo("intake");
                })
            .extracting(RejectedEvent::getSourceOffset)
            .containsExactlyInAnyOrder(1L, 2L);
        assertThat(intake.isReady()).isTrue();
      }
    }
  }

  @Test
  void source_whoseReaderIsKilledTwice_isReadExactlyOnce() throws Exception {
    try (Deployment deployment = new Deployment("intake-killed", directory);
        KafkaProducer<byte[], byte[]> producer = producer(deployment);
        TopicTail events = deployment.tail("usage-events")) {
      deployment.createTopic("killed-spans", 2);
      Map<String, String> settings = deployment.intakeSettings();
      settings.put("sources.1.topic", "killed-spans");
      settings.put("sources.1.format", "otlp_proto");
      settings.put("commit.interval.ms", "100");
      settings.put("consumer.max.poll.records", "10");
      settings.put("producer.transaction.timeout.ms", "3000");
      for (int life = 1; life <= 2; life++) {
        try (IntakeProcess intake = IntakeProcess.start(settings, directory)) {
          produce(producer, life);
          // Some are committed, and more are on their way.
          events.awaitCount((life - 1) * BATCHES * SPANS / 2 + SPANS);
          intake.kill();
        }
      }
      try (IntakeProcess intake = IntakeProcess.start(settings, directory)) {
        events.awaitCount(BATCHES * SPANS);
        // One more, behind all others in both partitions: what was written twice would be there.
        send(producer, "killed-spans", 0, Spans.request(9001, 1, 1).toByteArray());
        send(producer, "killed-spans", 1, Spans.request(9002, 1, 1).toByteArray());
        producer.flush();
        events.await(e -> e.size() >= BATCHES * SPANS + 2).readToEnd();
      }
      List<String> ids =
          events.values(UsageEvent.class).stream().map(UsageEvent::getEventId).toList();
      Set<String> distinct = new HashSet<>(ids);
      assertThat(ids).hasSize(BATCHES * SPANS + 2);
      assertThat(distinct).hasSize(BATCHES * SPANS + 2);
    }
  }

  private static void produce(KafkaProducer<byte[], byte[]> producer, int life) {
    int half = BATCHES / 2;
    for (int i = 1; i <= half; i++) {
      long trace = (long) (life - 1) * half + i;
      send(producer, "killed-spans", i % 2, Spans.request(trace, SPANS, 10).toByteArray());
    }
    producer.flush();
  }

  private static Map<String, String> formats() {
    return Map.of(
        "sources.spans.topic", "formats-proto",
        "sources.spans.format", "otlp_proto",
        "sources.usage.topic", "formats-usage",
        "sources.usage.format", "usage_json",
        "sources.usage.always.team", "platform");
  }

  private static String usage(String id) {
    return """
        {"event_id":"%s","occurred_at":"2026-01-15T10:00:00Z","provider":"openai","model":"gpt-4o","input_tokens":5}"""
        .formatted(id);
  }

  private static KafkaProducer<byte[], byte[]> producer(Deployment deployment) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", deployment.environment().bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] value) {
    send(producer, topic, 0, value);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, int partition, byte[] value) {
    producer.send(new ProducerRecord<>(topic, partition, null, value));
  }
}
