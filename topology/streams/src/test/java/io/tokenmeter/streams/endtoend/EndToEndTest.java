package io.tokenmeter.streams.endtoend;

import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.price.PriceRecords;
import io.tokenmeter.streams.registry.Serdes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * Usage in, money out, through the configured serializers and deserializers. Which broker that
 * happens on is for subclasses to say.
 */
abstract class EndToEndTest {
  private static final Instant TIME = Instant.parse("2025-06-01T10:00:10Z");
  private static final String MINUTE = "MINUTE/2025-06-01T10:00:00Z/workflow/support";

  abstract Cluster cluster();

  @Test
  void usage_fromProducerToConsumer_isPricedRolledUpAndCorrected() throws Exception {
    try (Deployment deployment = new Deployment(cluster(), "end-to-end", 3);
        TokenmeterApplication application = deployment.start();
        Outputs outputs = new Outputs(deployment)) {
      publish(deployment, price("openai", "gpt-4o", "2.50", "1.25", "10.00"));
      produce(deployment);

      UsageRollup minute =
          outputs.await("usage-rollups", MINUTE, UsageRollup.class, r -> r.getRequests() == 3);
      assertThat(minute.getCostUsd()).isEqualTo(usd("0.006"));
      assertThat(minute.getCacheReadCostUsd()).isEqualTo(usd("0.0005"));
      assertThat(minute.getUnpricedRequests()).isEqualTo(1);
      assertThat(minute.getInputTokens()).isEqualTo(1_001_400);
      assertThat(minute.getLatencyP50Ms()).isCloseTo(800, org.assertj.core.data.Offset.offset(8.0));

      CostedUsage first = outputs.await("costed-usage", "e1", CostedUsage.class, c -> true);
      assertThat(first.getPricingStatus()).isEqualTo(PricingStatus.PRICED);
      assertThat(first.getCostUsd()).isEqualTo(usd("0.004"));
      assertThat(first.getLines()).hasSize(3);
      assertThat(first.getPriceKey()).isEqualTo("openai|gpt-4o|always");
      CostedUsage held = outputs.await("costed-usage", "e3", CostedUsage.class, c -> true);
      assertThat(held.getPricingStatus()).isEqualTo(PricingStatus.UNPRICED);
      assertThat(held.getCostUsd()).isNull();
      RejectedEvent rejected =
          outputs.await("rejected-events", "e4", RejectedEvent.class, r -> true);
      assertThat(rejected.getReason()).isEqualTo("UNDECODABLE");
      assertThat(rejected.getSourceTopic()).isEqualTo(deployment.topic("usage-events"));

      publish(deployment, price("lab", "nova-1", "0.77", "0.07", "3.33"));

      UsageRollup corrected =
          outputs.await(
              "usage-rollups", MINUTE, UsageRollup.class, r -> r.getUnpricedRequests() == 0);
      assertThat(corrected.getCostUsd()).isEqualTo(usd("0.776"));
      assertThat(corrected.getRequests()).isEqualTo(3);
      assertThat(corrected.getRevision()).isGreaterThan(minute.getRevision());
      CostedUsage repriced =
          outputs.await("costed-usage", "e3", CostedUsage.class, c -> c.getRevision() == 2);
      assertThat(repriced.getCostUsd()).isEqualTo(usd("0.77"));
      UsageRollup month =
          outputs.await(
              "usage-rollups",
              "MONTH/2025-06-01T00:00:00Z/workflow+model/support/gpt-4o",
              UsageRollup.class,
              r -> r.getRequests() == 2);
      assertThat(month.getCostUsd()).isEqualTo(usd("0.006"));
      assertThat(application.isRunning()).isTrue();
    }
  }

  private static PriceRow price(
      String provider, String model, String input, String cacheRead, String output) {
    return PriceRow.of(provider, model)
        .price(perMillion("input_tokens", input))
        .price(perMillion("cache_read_tokens", cacheRead))
        .price(perMillion("output_tokens", output))
        .build();
  }

  private static void publish(Deployment deployment, PriceRow row) {
    try (KafkaProducer<String, Object> producer = producer(deployment)) {
      producer.send(
          new ProducerRecord<>(
              deployment.topic("price-table"), PriceRecords.key(row), PriceRecords.toRecord(row)));
    }
  }

  private static void produce(Deployment deployment) {
    String topic = deployment.topic("usage-events");
    try (KafkaProducer<String, Object> producer = producer(deployment)) {
      UsageEvent first =
          event("e1", "openai", "gpt-4o", 1000, 200).setCacheReadTokens(400L).build();
      producer.send(new ProducerRecord<>(topic, "e1", first));
      producer.send(new ProducerRecord<>(topic, "e1", first));
      producer.send(
          new ProducerRecord<>(topic, "e2", event("e2", "openai", "gpt-4o", 400, 100).build()));
      producer.send(
          new ProducerRecord<>(topic, "e3", event("e3", "lab", "nova-1", 1_000_000, 0).build()));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            clients(deployment), new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key = "e4".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, key, "{}".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static UsageEvent.Builder event(
      String id, String provider, String model, long input, long output) {
    return UsageEvent.newBuilder()
        .setEventId(id)
        .setOccurredAt(TIME)
        .setProvider(provider)
        .setModel(model)
        .setWorkflow("support")
        .setInputTokens(input)
        .setOutputTokens(output)
        .setLatencyMs(800L);
  }

  private static KafkaProducer<String, Object> producer(Deployment deployment) {
    Serializer<Object> values = new Serdes(deployment.config()).serializer();
    return new KafkaProducer<>(clients(deployment), new StringSerializer(), values);
  }

  private static Map<String, Object> clients(Deployment deployment) {
    return Map.of("bootstrap.servers", deployment.cluster().bootstrapServers());
  }

  private static BigDecimal usd(String dollars) {
    return new BigDecimal(dollars).setScale(12);
  }
}
