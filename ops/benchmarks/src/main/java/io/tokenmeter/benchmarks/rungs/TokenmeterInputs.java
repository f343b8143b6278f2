package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.benchmarks.workload.PriceSheet;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.price.PriceRecords;
import io.tokenmeter.streams.registry.Serdes;
import io.tokenmeter.streams.registry.WireFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Prepares what Tokenmeter reads: the schema of its events in the registry, and its price table.
 */
public final class TokenmeterInputs {
  private final TokenmeterConfig config;

  /** For the given broker, registry and prefix of topic names. */
  public TokenmeterInputs(String bootstrapServers, String registryUrl, String topicPrefix) {
    GeneratedClasses.trust();
    config =
        new TokenmeterConfig(
            Map.of(
                TokenmeterConfig.BOOTSTRAP_SERVERS, bootstrapServers,
                TokenmeterConfig.REGISTRY_URL, registryUrl,
                TokenmeterConfig.TOPIC_PREFIX, topicPrefix));
  }

  /** Registers the current UsageEvent and returns its id. */
  public int registerEventSchema() {
    UsageEvent sample =
        UsageEvent.newBuilder()
            .setEventId("sample")
            .setOccurredAt(Instant.EPOCH)
            .setProvider("sample")
            .setModel("sample")
            .build();
    try (Serializer<Object> serializer = new Serdes(config).serializer()) {
      return WireFormat.schemaId(
          WireFormat.header(serializer, config.topic("usage-events"), sample));
    }
  }

  /** Publishes the workload's prices. */
  @SuppressWarnings("FutureReturnValueIgnored") // a price that is missing shows in the totals
  public void publishPrices() {
    try (KafkaProducer<String, Object> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", config.getList(TokenmeterConfig.BOOTSTRAP_SERVERS)),
            new StringSerializer(),
            new Serdes(config).serializer())) {
      for (PriceRow row : priceRows()) {
        producer.send(
            new ProducerRecord<>(
                config.topic("price-table"), PriceRecords.key(row), PriceRecords.toRecord(row)));
      }
    }
  }

  /** The workload's prices as rows of the price table. */
  public static List<PriceRow> priceRows() {
    return PriceSheet.MODELS.stream().map(TokenmeterInputs::row).toList();
  }

  private static PriceRow row(ModelPrice price) {
    PriceRowBuilder row =
        PriceRow.of(price.provider(), price.model())
            .effectiveFrom(PriceSheet.EFFECTIVE_FROM)
            .price(UnitPrice.of(Unit.INPUT.wireName(), price.inputPicos()))
            .price(UnitPrice.of(Unit.CACHE_READ.wireName(), price.cacheReadPicos()))
            .price(UnitPrice.of(Unit.OUTPUT.wireName(), price.outputPicos()));
    if (price.billsCacheWrites()) {
      row.price(UnitPrice.of(Unit.CACHE_WRITE.wireName(), price.cacheWritePicos()));
    }
    return row.build();
  }
}
