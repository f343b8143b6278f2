package io.tokenmeter.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** What is pending is in the changelog, whoever has the task. */
class PendingBundlesTest {
  /** The changelog as compaction leaves it. */
  private final Map<Bytes, byte[]> changelog = new LinkedHashMap<>();

  @Test
  void bundles_areThereAfterARestart_andAreNumberedOn() {
    run(life -> life.commit(pending -> add(pending, "a", "b")));
    run(life -> life.commit(pending -> add(pending, "c")));
    run(life -> life.commit(pending -> assertThat(texts(pending)).containsExactly("a", "b", "c")));
  }

  @Test
  void bundles_thatWereWrittenBack_areGone() {
    run(life -> life.commit(pending -> add(pending, "a", "b")));
    run(
        life -> {
          life.commit(PendingBundles::writtenBack);
          life.commit(pending -> add(pending, "c"));
        });
    assertThat(changelog).hasSize(1);
    run(life -> life.commit(pending -> assertThat(texts(pending)).containsExactly("c")));
  }

  /** A store stays as it is when its task becomes a standby, and gets what the others log. */
  @Test
  void bundles_ofATaskThatWasAStandbyMeanwhile_areItsOwnAndTheOthers() {
    run(
        first -> {
          first.commit(pending -> add(pending, "a", "b"));
          first.commit(PendingBundles::clearCache);
          Map<Bytes, byte[]> before = new LinkedHashMap<>(changelog);
          run(other -> other.commit(pending -> add(pending, "c")));
          changelog.keySet().removeAll(before.keySet());
          first.commit(
              pending -> {
                changelog.forEach((key, value) -> pending.restore(key.get(), value));
                assertThat(texts(pending)).containsExactly("a", "b", "c");
              });
        });
  }

  private static void add(PendingBundles pending, String... bundles) {
    for (String bundle : bundles) {
      pending.add(bundle.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> texts(PendingBundles pending) {
    return pending.all().stream().map(text -> new String(text, StandardCharsets.UTF_8)).toList();
  }

  /** One life of the process: starts from the changelog and adds to it. */
  private void run(Consumer<Life> work) {
    try (Life life = new Life()) {
      work.accept(life);
    }
  }

  private final class Life implements AutoCloseable {
    private final TopologyTestDriver driver;
    private Consumer<PendingBundles> work = pending -> {};

    Life() {
      Topology topology = new Topology();
      topology.addSource("source", "input");
      topology.addProcessor("owner", Owner::new, "source");
      topology.addStateStore(PendingBundles.builder("pending"), "owner");
      Properties settings = new Properties();
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
      settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
      settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
      settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
      driver = new TopologyTestDriver(topology, settings);
    }

    /** Does some work and commits. */
    void commit(Consumer<PendingBundles> next) {
      work = next;
      driver
          .createInputTopic("input", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new byte[0]);
      driver
          .createOutputTopic(
              "test-pending-changelog", new BytesDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList()
          .forEach(
              entry -> {
                changelog.remove(entry.key());
                if (entry.value() != null) {
                  changelog.put(entry.key(), entry.value());
                }
              });
    }

    @Override
    public void close() {
      driver.close();
    }

    private final class Owner implements Processor<byte[], byte[], Void, Void> {
      private PendingBundles pending;

      @Override
      public void init(ProcessorContext<Void, Void> context) {
        pending = context.getStateStore("pending");
        // The driver restores nothing; Streams does, before it calls this.
        changelog.forEach((key, value) -> pending.restore(key.get(), value));
      }

      @Override
      public void process(Record<byte[], byte[]> record) {
        work.accept(pending);
      }
    }
  }
}
