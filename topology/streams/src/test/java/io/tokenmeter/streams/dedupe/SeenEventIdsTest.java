package io.tokenmeter.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tokenmeter.domain.dedupe.DedupeHorizon;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** What is remembered outlives the process: it is put back from the changelog, after compaction. */
class SeenEventIdsTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long START = 493_000 * HOUR;

  /** The changelog as compaction leaves it. */
  private final Map<Bytes, byte[]> changelog = new LinkedHashMap<>();

  private DedupeHorizon horizon = DedupeHorizon.of(DAY);

  @Test
  void idsOfOneCommit_areRememberedAfterARestart() {
    run(store -> store.commit(seen -> addNew(seen, 0, 10, START)));
    run(
        store ->
            store.commit(
                seen -> {
                  assertSeen(seen, 0, 10, START);
                  addNew(seen, 10, 11, START);
                }));
  }

  @Test
  void moreIdsThanABlockHolds_areAllRememberedAfterARestart() {
    run(store -> store.commit(seen -> addNew(seen, 0, 10_000, START)));
    assertThat(changelog)
        .hasSize(3)
        .allSatisfy((key, ids) -> assertThat(ids.length).isLessThan(70_000));
    run(store -> store.commit(seen -> assertSeen(seen, 0, 10_000, START)));
  }

  @Test
  void fewIdsPerCommit_shareABlockAndDoNotLeaveOneEach() {
    run(
        store -> {
          for (int i = 0; i < 300; i++) {
            int id = i;
            store.commit(seen -> addNew(seen, id, id + 1, START));
          }
        });
    assertThat(changelog).hasSizeLessThan(3);
    run(store -> store.commit(seen -> assertSeen(seen, 0, 300, START)));
  }

  @Test
  void idsAddedAfterARestartInTheSameBucket_doNotReplaceThoseBeforeIt() {
    run(store -> store.commit(seen -> addNew(seen, 0, 10, START)));
    run(store -> store.commit(seen -> addNew(seen, 10, 20, START)));
    run(store -> store.commit(seen -> addNew(seen, 20, 30, START)));
    run(store -> store.commit(seen -> assertSeen(seen, 0, 30, START)));
  }

  /** A store stays as it is when its task becomes a standby, and gets what the others log. */
  @Test
  void taskThatWasAStandbyMeanwhile_doesNotReplaceTheIdsOfTheOther() {
    run(
        first -> {
          first.commit(seen -> addNew(seen, 0, 10, START));
          first.commit(SeenEventIds::clearCache);
          run(other -> other.commit(seen -> addNew(seen, 10, 20, START)));
          first.commit(
              seen -> {
                changelog.forEach((key, value) -> seen.restore(key.get(), value));
                seen.clearCache();
              });
          first.commit(seen -> addNew(seen, 20, 30, START));
        });
    run(store -> store.commit(seen -> assertSeen(seen, 0, 30, START)));
  }

  @Test
  void bucketThatLeavesTheHorizon_leavesTheChangelogToo() {
    run(
        store -> {
          for (int hour = 0; hour < 100; hour++) {
            long now = START + hour * HOUR;
            int id = hour;
            store.commit(seen -> addNew(seen, 10 * id, 10 * id + 10, now));
          }
        });
    assertThat(changelog).hasSize(DedupeHorizon.BUCKETS + 1);
  }

  @Test
  void bucketsThatExpireAfterARestart_leaveTheChangelogToo() {
    run(store -> store.commit(seen -> addNew(seen, 0, 9_000, START)));
    run(store -> store.commit(seen -> addNew(seen, 9_000, 9_001, START + 30 * HOUR)));
    assertThat(changelog).hasSize(1);
    run(store -> store.commit(seen -> addNew(seen, 0, 10, START + 30 * HOUR)));
  }

  /** Bucket numbers mean another time then; the ids must neither be lost nor stay for ever. */
  @Test
  void horizonMadeLonger_keepsWhatWasSeenAndForgetsItInTime() {
    horizon = DedupeHorizon.of(Duration.ofHours(1));
    run(store -> store.commit(seen -> addNew(seen, 0, 10, START)));
    horizon = DedupeHorizon.of(DAY);
    run(
        store -> {
          store.commit(seen -> assertSeen(seen, 0, 10, START + 23 * HOUR));
          store.commit(seen -> addNew(seen, 0, 10, START + 26 * HOUR));
        });
    assertThat(changelog).hasSize(1);
  }

  @Test
  void horizonMadeShorter_keepsWhatWasSeenAndForgetsItInTime() {
    run(store -> store.commit(seen -> addNew(seen, 0, 10, START + HOUR / 2)));
    horizon = DedupeHorizon.of(Duration.ofHours(1));
    run(
        store -> {
          store.commit(seen -> assertSeen(seen, 0, 10, START + HOUR + HOUR / 2));
          store.commit(seen -> addNew(seen, 0, 10, START + 3 * HOUR));
        });
  }

  @Test
  void randomArrivalsAndRestarts_areRememberedExactlyAsAMapDoes() {
    for (long seed = 1; seed <= 4; seed++) {
      compareWithMap(seed);
    }
  }

  private void compareWithMap(long seed) {
    changelog.clear();
    Random random = new Random(seed);
    Map<Integer, Integer> firstSeen = new HashMap<>();
    long[] now = {START};
    for (int restart = 0; restart < 6; restart++) {
      run(
          store -> {
            for (int commit = 0; commit < 30; commit++) {
              int ids = random.nextInt(random.nextInt(4) == 0 ? 5_000 : 100);
              store.commit(
                  seen -> {
                    for (int i = 0; i < ids; i++) {
                      now[0] += random.nextInt(100) == 0 ? random.nextLong(HOUR / 4) : 0;
                      int id = random.nextInt(20_000);
                      int bucket = horizon.bucket(now[0]);
                      Integer first = firstSeen.get(id);
                      boolean isNew = first == null || first < horizon.oldestRemembered(bucket);
                      if (isNew) {
                        firstSeen.put(id, bucket);
                      }
                      if (add(seen, id, now[0]) != isNew) {
                        fail("seed %d, id %d: %s expected", seed, id, isNew ? "new" : "seen");
                      }
                    }
                  });
            }
          });
    }
  }

  private void addNew(SeenEventIds seen, int from, int to, long now) {
    for (int id = from; id < to; id++) {
      assertThat(add(seen, id, now)).as("id %d is new", id).isTrue();
    }
  }

  private void assertSeen(SeenEventIds seen, int from, int to, long now) {
    for (int id = from; id < to; id++) {
      assertThat(add(seen, id, now)).as("id %d is new", id).isFalse();
    }
  }

  private boolean add(SeenEventIds seen, int id, long now) {
    Random hash = new Random(id);
    return seen.add(hash.nextLong(), hash.nextLong(), horizon.bucket(now));
  }

  /** One life of the process: starts from the changelog and adds to it. */
  private void run(Consumer<Life> work) {
    try (Life life = new Life()) {
      work.accept(life);
    }
  }

  private final class Life implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;
    private final TestOutputTopic<Bytes, byte[]> log;
    private Consumer<SeenEventIds> work = seen -> {};

    Life() {
      Topology topology = new Topology();
      topology.addSource("source", "input");
      topology.addProcessor("owner", Owner::new, "source");
      topology.addStateStore(SeenEventIds.builder("seen", horizon), "owner");
      Properties settings = new Properties();
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
      settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
      settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
      settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
      driver = new TopologyTestDriver(topology, settings);
      input =
          driver.createInputTopic("input", new ByteArraySerializer(), new ByteArraySerializer());
      log =
          driver.createOutputTopic(
              "test-seen-changelog", new BytesDeserializer(), new ByteArrayDeserializer());
    }

    /** Does some work and commits. */
    void commit(Consumer<SeenEventIds> next) {
      work = next;
      input.pipeInput(new byte[0]);
      log.readRecordsToList()
          .forEach(
              entry -> {
                if (entry.value() == null) {
                  changelog.remove(entry.key());
                } else {
                  changelog.put(entry.key(), entry.value());
                }
              });
    }

    @Override
    public void close() {
      driver.close();
    }

    private final class Owner implements Processor<byte[], byte[], Void, Void> {
      private SeenEventIds seen;

      @Override
      public void init(ProcessorContext<Void, Void> context) {
        seen = context.getStateStore("seen");
        // The driver restores nothing; Streams does, before it calls this.
        changelog.forEach((key, value) -> seen.restore(key.get(), value));
        seen.onCommit(context, seen::writeBack);
      }

      @Override
      public void process(Record<byte[], byte[]> record) {
        work.accept(seen);
      }
    }
  }
}
