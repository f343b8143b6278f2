package io.tokenmeter.streams.price;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.fixture.OneProcessor;
import io.tokenmeter.streams.fixture.TestRegistryDeserializer;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import io.tokenmeter.streams.reprice.RepriceRequests;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes.ByteArraySerde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** A task that fails is set up again with the same processor and with the store as committed. */
class FailedTaskTest {
  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "memory:failed-task", "specific.avro.reader", "true");

  private final PriceTable prices = new PriceTable();
  private final FindPrice.Holding holding =
      new FindPrice.Holding(Duration.ofMillis(200), 10, Duration.ofDays(35));
  private final OneProcessor<byte[], MeteredEvent, byte[], MeteredEvent> findPrice =
      new OneProcessor<>(FindPrice.supplier(prices, holding));
  private final List<String> repriced = new ArrayList<>();
  private boolean failing;

  @Test
  void eventsRepricedInTheFailedTransaction_areRepricedAgain() {
    failing = true;
    assertThatThrownBy(() -> life(driver -> driver.advanceWallClockTime(Duration.ofMillis(200))))
        .hasStackTraceContaining("the broker is gone");
    failing = false;
    life(driver -> driver.advanceWallClockTime(Duration.ofMillis(200)));
    assertThat(repriced).containsExactly("e");
  }

  @Test
  void eventsRepricedToTheEndBeforeTheFailure_areRepricedAgain() {
    life(driver -> driver.advanceWallClockTime(Duration.ofSeconds(2)));
    repriced.clear();
    life(driver -> driver.advanceWallClockTime(Duration.ofMillis(200)));
    assertThat(repriced).contains("e");
  }

  private interface Work {
    void with(TopologyTestDriver driver);
  }

  /** From one set-up of the task to the next, with one event held and its price published. */
  private void life(Work work) {
    try (TopologyTestDriver driver = new TopologyTestDriver(topology(), settings())) {
      KeyValueStore<Bytes, byte[]> held = driver.getKeyValueStore(HeldEvents.STORE);
      byte[] body = TestRegistrySerializer.body(request("e").build());
      MeteredEvent event = new MeteredEvent(new NameTable());
      new UsageEventDecoder().decode(body, 0, body.length, event);
      held.put(HeldEvents.key(event, System.currentTimeMillis()), body);
      TestRegistrySerializer serializer = new TestRegistrySerializer();
      serializer.configure(REGISTRY, false);
      if (prices.book().size() == 0) { // the table outlives the task
        driver
            .createInputTopic("prices", new ByteArraySerializer(), new ByteArraySerializer())
            .pipeInput(
                GPT_4O.key().getBytes(StandardCharsets.UTF_8),
                serializer.serialize("prices", PriceRecords.toRecord(GPT_4O)));
      }
      work.with(driver);
    }
  }

  private Topology topology() {
    TestRegistryDeserializer deserializer = new TestRegistryDeserializer();
    deserializer.configure(REGISTRY, false);
    Topology topology = new Topology();
    topology.addGlobalStore(
        PriceTable.store(),
        "prices-source",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        "prices",
        PriceTable.NAME,
        prices.supplier("prices", () -> deserializer, new Meters(new SimpleMeterRegistry())));
    topology.addSource("source", "input");
    topology.addProcessor("events", NoEvents::new, "source");
    topology.addProcessor(FindPrice.NAME, findPrice, "events");
    topology.addStateStore(HeldEvents.builder(), FindPrice.NAME);
    topology.addStateStore(RepriceRequests.builder(), FindPrice.NAME);
    topology.addProcessor("collector", Collector::new, FindPrice.NAME);
    return topology;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "failed-task");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, ByteArraySerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, ByteArraySerde.class);
    return settings;
  }

  private static final class NoEvents implements Processor<byte[], byte[], byte[], MeteredEvent> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      // Only held events matter here.
    }
  }

  private final class Collector implements Processor<byte[], MeteredEvent, Void, Void> {
    @Override
    public void process(Record<byte[], MeteredEvent> record) {
      if (failing) {
        throw new IllegalStateException("the broker is gone");
      }
      repriced.add(record.value().eventId());
    }
  }
}
