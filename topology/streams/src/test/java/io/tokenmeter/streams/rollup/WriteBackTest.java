package io.tokenmeter.streams.rollup;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.fixture.Flow;
import io.tokenmeter.streams.usage.Name;
import io.tokenmeter.streams.usage.NameTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roll-ups are written now and then; between two writes they live in memory and in a log. */
class WriteBackTest {
  private static final byte[] HEADER = new byte[5];
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final String WINDOWS = "roll-up-windows";
  private static final String PENDING = "roll-up-pending";

  @TempDir private Path directory;

  /** The changelogs as compaction leaves them. */
  private final Map<Bytes, byte[]> windows = new TreeMap<>();

  private final Map<Bytes, byte[]> pending = new TreeMap<>();
  private final Map<String, UsageRollup> rollups = new HashMap<>();
  private final LastWriteBack lastWriteBack = new LastWriteBack();

  /** The requests that detectors were told of, by key, and the times they were told. */
  private final Map<String, Long> watched = new HashMap<>();

  private final List<Long> told = new ArrayList<>();

  static {
    GeneratedClasses.trust();
  }

  // When they are written.

  @Test
  void rollup_isWrittenOncePerIntervalHoweverManyEventsThereAre() {
    try (Flow flow = Flow.with("rollup.emit.interval.ms", INTERVAL.toMillis())) {
      flow.publish(GPT_4O);
      for (int i = 0; i < 40; i++) {
        flow.send(request("e" + i).build()).advance(Duration.ofMillis(500));
      }
      UsageRollup day = flow.rollups().only(Granularity.DAY, "model", "gpt-4o");
      assertThat(day.getRevision()).isBetween(3L, 6L);
    }
  }

  @Test
  void lastEventsBeforeAPause_areWrittenWithoutAnEventAfterThem() {
    try (Flow flow = Flow.with("rollup.emit.interval.ms", INTERVAL.toMillis())) {
      flow.publish(GPT_4O).send(request("a").build(), request("b").build(), request("c").build());
      flow.advance(INTERVAL.plusSeconds(1));
      UsageRollup day = flow.rollups().only(Granularity.DAY, "model", "gpt-4o");
      assertThat(day.getRequests()).isEqualTo(3);
      assertThat(day.getCostUsd()).isEqualTo(usd("0.0105"));
    }
  }

  @Test
  void applicationThatStops_writesWhatIsPendingAtOnce() {
    try (Life life = new Life()) {
      life.add("a", 0, 1);
      life.add("a", 0, 2);
      lastWriteBack.request(Duration.ZERO);
      life.add("a", 0, 4);
      assertThat(requests("a")).isEqualTo(7);
      assertThat(pending).isEmpty();
    }
  }

  // What is late.

  /** A small company's usage of a year, replayed: a task gets all of it at once, in no order. */
  @Test
  void sumsOfAYearThatComeTogether_areNotLateToOneAnother() {
    try (Life life = new Life()) {
      for (int day = 365; day >= 0; day--) {
        life.add("a", day % 2 == 0 ? 1_440L * day : 1_440L * (365 - day), 1);
      }
      life.advance(INTERVAL);
      assertThat(requests("a")).isEqualTo(366);
    }
  }

  @Test
  void sumsThatComeAfterAWriteBack_areLateToWhatItWrote() {
    try (Life life = new Life()) {
      life.add("a", 1_440 * 365, 1);
      life.advance(INTERVAL);
      life.add("a", 1_440 * 330, 2);
      life.add("a", 1_440 * 329, 4);
      life.advance(INTERVAL);
      assertThat(requests("a")).isEqualTo(3);
    }
    try (Life life = new Life()) {
      life.add("a", 1_440 * 329, 8);
      life.advance(INTERVAL);
      assertThat(requests("a")).as("after a restart").isEqualTo(3);
    }
  }

  // What outlives a restart.

  @Test
  void sumsThatWereNotWrittenYet_areWrittenAfterARestart() {
    try (Life life = new Life()) {
      life.add("a", 0, 1);
      life.add("a", 0, 2);
      life.add("b", 0, 4);
    }
    assertThat(pending).isNotEmpty();
    try (Life life = new Life()) {
      life.advance(INTERVAL);
      assertThat(requests("a")).isEqualTo(3);
      assertThat(requests("b")).isEqualTo(4);
      assertThat(pending).isEmpty();
    }
  }

  @Test
  void randomSumsAndRestarts_addUpToTheLastOne() {
    long seed = 1_000_003;
    Random random = new Random(seed);
    Map<String, Long> expected = new HashMap<>();
    for (int restart = 0; restart < 12; restart++) {
      try (Life life = new Life()) {
        for (int i = random.nextInt(40); i > 0; i--) {
          String key = "k" + random.nextInt(5);
          long minute = random.nextInt(3 * 24 * 60);
          int requests = 1 + random.nextInt(100);
          life.add(key, minute, requests);
          expected.merge(key, (long) requests, Long::sum);
          if (random.nextInt(6) == 0) {
            life.advance(Duration.ofMillis(random.nextInt(6_000)));
          }
        }
      }
    }
    try (Life life = new Life()) {
      life.advance(INTERVAL);
    }
    expected.forEach(
        (key, requests) ->
            assertThat(requests(key)).as("seed %d, %s", seed, key).isEqualTo(requests));
    assertThat(watched).as("seed %d, each difference once", seed).isEqualTo(expected);
    assertThat(told).as("seed %d, time never goes back", seed).isSorted();
    for (Granularity granularity : Granularity.values()) {
      assertThat(
              rollups.values().stream()
                  .filter(rollup -> rollup.getGranularity() == granularity)
                  .mapToLong(UsageRollup::getRequests)
                  .sum())
          .as("seed %d, %s", seed, granularity)
          .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  /** The requests of a key over all its days. */
  private long requests(String key) {
    return rollups.values().stream()
        .filter(rollup -> rollup.getGranularity() == Granularity.DAY)
        .filter(rollup -> rollup.getKey().equals(key))
        .mapToLong(UsageRollup::getRequests)
        .sum();
  }

  /** One life of the process: starts from the changelogs and adds to them. */
  private final class Life implements AutoCloseable {
    private final NameTable names = new NameTable();
    private final TopologyTestDriver driver;
    private final TestInputTopic<Integer, byte[]> input;

    Life() {
      ProcessorSupplier<Integer, byte[], byte[], Object> rollUp =
          RollUp.supplier(
              new WindowCalendar(ZoneOffset.UTC),
              new RollUp.Keeping(INTERVAL, Duration.ofDays(35), 100),
              HEADER,
              new RollUp.Outputs("rollups", List.of("detector"), List.of(Dimension.parse("model"))),
              lastWriteBack,
              new Meters(new SimpleMeterRegistry()));
      Topology topology = new Topology();
      topology.addSource("source", new IntegerDeserializer(), new ByteArrayDeserializer(), "input");
      topology.addProcessor("roll-up", () -> new Restored(rollUp.get()), "source");
      rollUp.stores().forEach(store -> topology.addStateStore(store, "roll-up"));
      topology.addProcessor("detector", Detector::new, "roll-up");
      topology.addSink(
          "rollups", "rollups", new ByteArraySerializer(), new ByteArraySerializer(), "roll-up");
      Properties settings = new Properties();
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
      settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
      settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
      driver = new TopologyTestDriver(topology, settings);
      input = driver.createInputTopic("input", new IntegerSerializer(), new ByteArraySerializer());
      collect();
    }

    void add(String key, long minute, int requests) {
      RollupTotals totals = new RollupTotals();
      totals.requests = requests;
      byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
      Name name = names.of(utf8, Slice.of(0, utf8.length));
      AvroBodyWriter bundle = new AvroBodyWriter();
      RollupBundle.begin(bundle, (29_500_000 + minute) * 60_000_000L);
      RollupBundle.append(
          bundle,
          "model".getBytes(StandardCharsets.UTF_8),
          new PartialSums.Partial(name, null, 29_500_000 + minute, totals));
      input.pipeInput(0, bundle.toByteArray());
      collect();
    }

    void advance(Duration duration) {
      driver.advanceWallClockTime(duration);
      collect();
    }

    private void collect() {
      changes(WINDOWS, windows);
      changes(PENDING, pending);
      TestOutputTopic<byte[], byte[]> output =
          driver.createOutputTopic(
              "rollups", new ByteArrayDeserializer(), new ByteArrayDeserializer());
      for (TestRecord<byte[], byte[]> record : output.readRecordsToList()) {
        UsageRollup rollup = decode(record.value());
        UsageRollup before = rollups.put(new String(record.key(), StandardCharsets.UTF_8), rollup);
        assertThat(rollup.getRevision()).isEqualTo(before == null ? 1 : before.getRevision() + 1);
      }
    }

    private void changes(String store, Map<Bytes, byte[]> changelog) {
      driver
          .createOutputTopic(
              "test-" + store + "-changelog", new BytesDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList()
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
  }

  /** The driver restores nothing; Streams does, before it sets the processor up. */
  private final class Restored implements Processor<Integer, byte[], byte[], Object> {
    private final Processor<Integer, byte[], byte[], Object> rollUp;

    Restored(Processor<Integer, byte[], byte[], Object> rollUp) {
      this.rollUp = rollUp;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
      KeyValueStore<Bytes, byte[]> store = context.getStateStore(WINDOWS);
      windows.forEach(store::put);
      PendingBundles bundles = context.getStateStore(PENDING);
      pending.forEach((key, value) -> bundles.restore(key.get(), value));
      rollUp.init(context);
    }

    @Override
    public void process(Record<Integer, byte[]> record) {
      rollUp.process(record);
    }

    @Override
    public void close() {
      rollUp.close();
    }
  }

  /** Takes note of what detectors are told. */
  private final class Detector implements Processor<byte[], ChangedUsage, Void, Void> {
    @Override
    public void process(Record<byte[], ChangedUsage> record) {
      ChangedUsage changed = record.value();
      told.add(changed.nowMicros());
      for (ChangedUsage.OfSubject subject : changed.subjects()) {
        for (ChangedUsage.OfMinute minute : subject.minutes()) {
          watched.merge(subject.subject().key(), minute.total().requests(), Long::sum);
        }
      }
    }
  }

  private static UsageRollup decode(byte[] value) {
    try {
      return new SpecificDatumReader<>(UsageRollup.class)
          .read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(value, HEADER.length, value.length - HEADER.length, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
