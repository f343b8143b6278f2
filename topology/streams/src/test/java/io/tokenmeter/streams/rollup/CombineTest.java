package io.tokenmeter.streams.rollup;

import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.fixture.OneProcessor;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import io.tokenmeter.streams.rollup.RollupBundle.Subject;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes.ByteArraySerde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Many events in one commit, which the driver of the whole topology does not show. */
class CombineTest {
  private static final int PARTITIONS = 4;
  private static final List<Dimension> THREE =
      Stream.of("model", "team", "project").map(Dimension::parse).toList();

  private final List<Record<Integer, byte[]>> bundles = new ArrayList<>();
  private List<String> models = List.of();
  private boolean failing;
  private boolean minutesApart;
  private int sent;

  @Test
  void eventsOfOneCommit_areSummedByKeyAndMinute() {
    run(combine("model", 1_000), models("a", "b", "a", "a"));
    assertThat(requests()).isEqualTo(Map.of("model/a", 3L, "model/b", 1L));
    assertThat(bundles).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void pairs_goToThePartitionOfTheirFirstPart() {
    String[] many =
        Stream.iterate(0, i -> i + 1).limit(200).map(i -> "m" + i).toArray(String[]::new);
    run(combine("team+model", 10_000), models(many));
    assertThat(bundles).hasSize(1);
    bundles.clear();
    run(combine("model+team", 10_000), models(many));
    assertThat(bundles).extracting(Record::key).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void manySums_areHandedOnInSeveralBundlesAheadOfTheCommit() {
    String[] many =
        Stream.iterate(0, i -> i + 1).limit(5_000).map(i -> "model-" + i).toArray(String[]::new);
    run(combine("model", 100), models(many));
    assertThat(requests()).hasSize(5_000).allSatisfy((key, count) -> assertThat(count).isOne());
    assertThat(bundles.size()).isGreaterThan(5_000 / 512);
  }

  /** A subject in a later bundle would seem silent until then. */
  @Test
  void bundlesOfOneCommit_areInTheOrderOfTimeAndTellUpToWhenTheyAreComplete() {
    minutesApart = true;
    String[] many =
        Stream.iterate(0, i -> i + 1).limit(5_000).map(i -> "model-" + i).toArray(String[]::new);
    run(combine("team,team+model", 20_000), models(many));
    assertThat(bundles).hasSizeGreaterThan(2);
    long complete = RollupBundle.NO_TIME;
    for (Record<Integer, byte[]> bundle : bundles) {
      List<Long> minutes = new ArrayList<>();
      long before = complete;
      complete = RollupBundle.read(bundle.value(), entry -> minutes.add(entry.minute()));
      assertThat(complete).isGreaterThan(before);
      assertThat(minutes).isSorted();
      assertThat(WindowCalendar.micros(minutes.get(0)))
          .isGreaterThanOrEqualTo(before == RollupBundle.NO_TIME ? 0 : before);
    }
  }

  /** What the failed transaction had packed must not be sent with the one that does it again. */
  @Test
  void taskThatFailsWhileItHandsOn_countsNothingTwiceWhenItIsSetUpAgain() {
    var same = new OneProcessor<>(combine("model,team,project", 1_000));
    failing = true;
    assertThatThrownBy(() -> run(same, models("a", "b", "c", "d", "e", "f", "g", "h")))
        .hasStackTraceContaining("the broker is gone");
    failing = false;
    bundles.clear();
    run(same, models("a", "b", "c", "d", "e", "f", "g", "h"));
    assertThat(requests())
        .hasSize(10)
        .containsEntry("team/", 8L)
        .containsEntry("project/", 8L)
        .containsEntry("model/a", 1L);
  }

  private static ProcessorSupplier<byte[], MeteredEvent, Integer, byte[]> combine(
      String dimensions, int maxSums) {
    return Combine.supplier(
        Stream.of(dimensions.split(",")).map(Dimension::parse).toList(), PARTITIONS, maxSums);
  }

  private static List<String> models(String... models) {
    return List.of(models);
  }

  /** Sends one event of each model and commits. */
  private void run(
      ProcessorSupplier<byte[], MeteredEvent, Integer, byte[]> combine, List<String> toSend) {
    models = toSend;
    Topology topology = new Topology();
    topology.addSource("source", "input");
    topology.addProcessor("events", Events::new, "source");
    topology.addProcessor("combine", combine, "events");
    if (combine.stores() == null) {
      topology.addStateStore(CombineSums.builder("combine-sums", THREE), "combine");
    }
    topology.addProcessor("collector", Collector::new, "combine");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, ByteArraySerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, ByteArraySerde.class);
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings)) {
      driver
          .createInputTopic("input", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new byte[0]);
    }
  }

  private Map<String, Long> requests() {
    Map<String, Long> requests = new HashMap<>();
    for (Record<Integer, byte[]> bundle : bundles) {
      RollupBundle.read(
          bundle.value(),
          entry -> {
            Subject subject = RollupBundle.subject(entry.subject());
            requests.merge(
                subject.dimension() + "/" + subject.key(), entry.delta().requests, Long::sum);
          });
    }
    return requests;
  }

  /** Turns one record into all events, so that they are in one commit. */
  private final class Events implements Processor<byte[], byte[], byte[], MeteredEvent> {
    private final UsageEventDecoder decoder = new UsageEventDecoder();
    private final MeteredEvent event = new MeteredEvent(new NameTable());
    private ProcessorContext<byte[], MeteredEvent> context;

    @Override
    public void init(ProcessorContext<byte[], MeteredEvent> processorContext) {
      context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      for (String model : models) {
        UsageEvent.Builder usage = request("e").setModel(model);
        if (minutesApart) {
          usage.setOccurredAt(usage.getOccurredAt().minusSeconds(60L * sent++));
        }
        byte[] body = TestRegistrySerializer.body(usage.build());
        decoder.decode(body, 0, body.length, event);
        event.priceWith(PriceBook.EMPTY);
        event.calculate(new CostCalculator());
        context.forward(record.withValue(event));
      }
    }
  }

  private final class Collector implements Processor<Integer, byte[], Void, Void> {
    @Override
    public void process(Record<Integer, byte[]> record) {
      if (failing) {
        throw new IllegalStateException("the broker is gone");
      }
      bundles.add(record);
    }
  }
}
