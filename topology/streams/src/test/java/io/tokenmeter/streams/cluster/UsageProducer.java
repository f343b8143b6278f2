package io.tokenmeter.streams.cluster;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.price.PriceRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends usage events and prices to an application, and bytes that are neither. */
public final class UsageProducer implements AutoCloseable {
  static {
    GeneratedClasses.trust();
  }

  private final Map<String, Object> settings;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RegistryClient registry;
  private final Deployment deployment;
  private final String events;
  private final String prices;
  private final int eventId;
  private final int priceId;

  /** A producer for one application; registers the current schemas. */
  public UsageProducer(Deployment deployment) {
    this.deployment = deployment;
    settings =
        Map.of(
            "bootstrap.servers", deployment.cluster().bootstrapServers(),
            "linger.ms", "5",
            "compression.type", "lz4",
            "delivery.timeout.ms", "60000",
            "request.timeout.ms", "10000");
    producer = producer(settings);
    registry = new RegistryClient(deployment.cluster().confluentRegistryUrl());
    events = deployment.topic("usage-events");
    prices = deployment.topic("price-table");
    eventId = registry.register(events, UsageEvent.getClassSchema());
    priceId = registry.register(prices, Price.getClassSchema());
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Registers a further schema for usage events and returns its id. */
  public int register(Schema schema) {
    return registry.register(events, schema);
  }

  /** An event in the registry's wire format, with the current schema. */
  public byte[] encode(UsageEvent event) {
    return encode(event, eventId);
  }

  /** Any record in the registry's wire format. */
  public static byte[] encode(IndexedRecord record, int schemaId) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.writeBytes(ByteBuffer.allocate(5).putInt(1, schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForSchema(record.getSchema()))
          .write(record, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The key that producers use: it keeps a run in one partition. */
  public static String key(UsageEvent event) {
    return event.getRunId() == null ? event.getEventId() : event.getRunId();
  }

  /** Sends an event under {@link #key}. */
  public void send(UsageEvent event) {
    send(key(event), encode(event));
  }

  /** Sends anything at all to usage-events. */
  public void send(String key, byte[] value) {
    producer.send(record(key, value));
  }

  /** Sends records to usage-events in a transaction that is then aborted. */
  public void sendAndAbort(Map<String, byte[]> records) {
    Map<String, Object> transactional = new HashMap<>(settings);
    transactional.put("transactional.id", events + "-aborted");
    try (KafkaProducer<byte[], byte[]> aborting = producer(transactional)) {
      aborting.initTransactions();
      aborting.beginTransaction();
      records.forEach((key, value) -> aborting.send(record(key, value)));
      aborting.flush();
      aborting.abortTransaction();
    }
  }

  private ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ProducerRecord<>(events, key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** Publishes a price row. */
  public void publish(PriceRow row) {
    byte[] key = PriceRecords.key(row).getBytes(StandardCharsets.UTF_8);
    byte[] value = encode(PriceRecords.toRecord(row), priceId);
    producer.send(new ProducerRecord<>(prices, key, value));
    producer.flush();
  }

  /** Puts a row into a table, given by its catalogued name. */
  public void put(String table, String key, IndexedRecord row) {
    String topic = deployment.topic(table);
    byte[] value = encode(row, registry.register(topic, row.getSchema()));
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    producer.flush();
  }

  /** Waits until the broker has all that was sent. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
