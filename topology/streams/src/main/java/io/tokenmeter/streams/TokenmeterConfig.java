package io.tokenmeter.streams;

import io.tokenmeter.domain.dedupe.DedupeHorizon;
import io.tokenmeter.domain.rollup.Dimension;
import java.time.Duration;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * All settings of the application: key, type, default, check and one line of documentation, written
 * once here. The reference page is printed from {@link #DEFINITION}.
 *
 * <p>Settings that begin with {@code streams.}, {@code producer.}, {@code consumer.} or {@code
 * serde.} are handed to Kafka Streams, its clients, or the serializer and deserializer, without the
 * prefix.
 */
public final class TokenmeterConfig extends AbstractConfig {
  /** Kafka brokers to begin with. */
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** Schema registry. */
  public static final String REGISTRY_URL = "registry.url";

  /** Identity of the application. */
  public static final String APPLICATION_ID = "application.id";

  /** Prefix of topic names. */
  public static final String TOPIC_PREFIX = "topic.prefix";

  /** Serializer class. */
  public static final String VALUE_SERIALIZER = "value.serializer";

  /** Deserializer class. */
  public static final String VALUE_DESERIALIZER = "value.deserializer";

  /** Directory of local state. */
  public static final String STATE_DIR = "state.dir";

  /** Number of stream threads. */
  public static final String THREADS = "threads";

  /** Commit interval. */
  public static final String COMMIT_INTERVAL_MS = "commit.interval.ms";

  /** Dedupe horizon. */
  public static final String DEDUPE_HORIZON_MS = "dedupe.horizon.ms";

  /** Largest event. */
  public static final String EVENT_MAX_BYTES = "event.max.bytes";

  /** Allowed clock skew. */
  public static final String EVENT_MAX_FUTURE_MS = "event.max.future.ms";

  /** How much of a rejected record is kept. */
  public static final String REJECTED_RAW_VALUE_LIMIT = "rejected.raw.value.limit";

  /** Retention of unpriced events. */
  public static final String HELD_RETENTION_MS = "held.retention.ms";

  /** Held events repriced per step. */
  public static final String REPRICE_STEP_EVENTS = "reprice.step.events";

  /** Pause between steps of repricing. */
  public static final String REPRICE_INTERVAL_MS = "reprice.interval.ms";

  /** Dimensions of the roll-ups. */
  public static final String ROLLUP_DIMENSIONS = "rollup.dimensions";

  /** Zone of hours, days and months. */
  public static final String ROLLUP_TIME_ZONE = "rollup.time.zone";

  /** Retention of windows. */
  public static final String ROLLUP_RETENTION_MS = "rollup.retention.ms";

  /** How often roll-ups are written. */
  public static final String ROLLUP_EMIT_INTERVAL_MS = "rollup.emit.interval.ms";

  /** Partitions of the roll-ups' internal topic. */
  public static final String ROLLUP_PARTITIONS = "rollup.partitions";

  /** Bound on combined sums. */
  public static final String COMBINE_MAX_SUMS = "combine.max.sums";

  /** Bound on windows in memory. */
  public static final String ROLLUP_CACHED_WINDOWS = "rollup.cached.windows";

  /** Whether runs are followed. */
  public static final String RUNS_ENABLED = "runs.enabled";

  /** Whether steps are sent to their run's task. */
  public static final String RUNS_REPARTITION = "runs.repartition";

  /** How often a run that changes is written out. */
  public static final String RUNS_EMIT_INTERVAL_MS = "runs.emit.interval.ms";

  /** When a run closes. */
  public static final String RUNS_INACTIVITY_MS = "runs.inactivity.ms";

  /** How long a run can change. */
  public static final String RUNS_RETENTION_MS = "runs.retention.ms";

  /** Runs kept as objects. */
  public static final String RUNS_CACHED = "runs.cached";

  /** What a successful run's outcome is. */
  public static final String RUNS_SUCCESS_OUTCOMES = "runs.success.outcomes";

  /** Whether detectors work. */
  public static final String DETECTORS_ENABLED = "detectors.enabled";

  /** Bound on subjects in memory. */
  public static final String DETECTORS_CACHED_SUBJECTS = "detectors.cached.subjects";

  /** How long findings wait for siblings. */
  public static final String ALERTS_SIBLING_WAIT_MS = "alerts.sibling.wait.ms";

  /** Pause between alerts of one cause. */
  public static final String ALERTS_COOL_DOWN_MS = "alerts.cool.down.ms";

  /** RocksDB block cache. */
  public static final String ROCKSDB_CACHE_BYTES = "rocksdb.cache.bytes";

  /** RocksDB write buffers. */
  public static final String ROCKSDB_WRITE_BUFFER_BYTES = "rocksdb.write.buffer.bytes";

  /** Address of health and metrics. */
  public static final String HTTP_LISTEN = "http.listen";

  /** Address for other instances. */
  public static final String HTTP_ADVERTISED = "http.advertised";

  private static final String SERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaSerializer";
  private static final String DESERIALIZER =
      "io.apicurio.registry.serde.avro.AvroKafkaDeserializer";

  /** Every setting with its type, default, check and documentation. */
  public static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              BOOTSTRAP_SERVERS,
              Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.ValidList.anyNonDuplicateValues(false, false),
              Importance.HIGH,
              "Kafka brokers to connect to first, as host:port,host:port.")
          .define(
              REGISTRY_URL,
              Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new ConfigDef.NonEmptyString(),
              Importance.HIGH,
              "Address of the schema registry, in the form that the configured serializer expects.")
          .define(
              APPLICATION_ID,
              Type.STRING,
              "tokenmeter",
              new ConfigDef.NonEmptyString(),
              Importance.HIGH,
              "Identity of the application: its consumer group and the prefix of its internal topics.")
          .define(
              TOPIC_PREFIX,
              Type.STRING,
              "tokenmeter.",
              Importance.HIGH,
              "Prefix of the names of all catalogued topics.")
          .define(
              STATE_DIR,
              Type.STRING,
              "",
              Importance.HIGH,
              "Directory of local state. Empty: tokenmeter in the system's temporary directory. Deleting it loses nothing.")
          .define(
              THREADS,
              Type.INT,
              0,
              Range.atLeast(0),
              Importance.HIGH,
              "Number of stream threads. 0: one per core.")
          .define(
              VALUE_SERIALIZER,
              Type.STRING,
              SERIALIZER,
              Importance.MEDIUM,
              "Class of the Avro serializer, such as io.confluent.kafka.serializers.KafkaAvroSerializer.")
          .define(
              VALUE_DESERIALIZER,
              Type.STRING,
              DESERIALIZER,
              Importance.MEDIUM,
              "Class of the Avro deserializer that belongs to the serializer.")
          .define(
              COMMIT_INTERVAL_MS,
              Type.LONG,
              1000L,
              Range.between(100, 15_000),
              Importance.MEDIUM,
              "How often results are committed and become visible, milliseconds.")
          .define(
              DEDUPE_HORIZON_MS,
              Type.LONG,
              Duration.ofHours(24).toMillis(),
              Range.atLeast(60_000),
              Importance.MEDIUM,
              "How long an event id is remembered after it arrived, milliseconds. Takes 27 to 53 bytes of heap per event.")
          .define(
              EVENT_MAX_BYTES,
              Type.INT,
              524_288,
              Range.between(1024, 900_000),
              Importance.LOW,
              "Largest usage event that is accepted, bytes.")
          .define(
              EVENT_MAX_FUTURE_MS,
              Type.LONG,
              Duration.ofHours(24).toMillis(),
              Range.atLeast(0),
              Importance.LOW,
              "How far occurred_at may lie after the arrival, milliseconds; an event further ahead is rejected.")
          .define(
              REJECTED_RAW_VALUE_LIMIT,
              Type.INT,
              900_000,
              Range.between(0, 1_900_000),
              Importance.LOW,
              "How many bytes of a rejected record's value are kept.")
          .define(
              HELD_RETENTION_MS,
              Type.LONG,
              Duration.ofDays(35).toMillis(),
              Range.atLeast(60_000),
              Importance.MEDIUM,
              "How long an unpriced event waits for a price after it arrived, milliseconds.")
          .define(
              REPRICE_STEP_EVENTS,
              Type.INT,
              1000,
              Range.between(1, 100_000),
              Importance.LOW,
              "How many held events, and how many requests to price past events again, are looked at in one step, per task.")
          .define(
              REPRICE_INTERVAL_MS,
              Type.LONG,
              200L,
              Range.atLeast(10),
              Importance.LOW,
              "Pause between two such steps, milliseconds.")
          .define(
              ROLLUP_DIMENSIONS,
              Type.LIST,
              String.join(",", Dimension.DEFAULTS),
              (name, value) -> parseDimensions(name, value),
              Importance.MEDIUM,
              "What to roll up by: model, api_key, workflow, project, team, customer, provider, environment, user,"
                  + " region, agent, service_tier, operation, tag:NAME, or a pair such as api_key+model.")
          .define(
              ROLLUP_TIME_ZONE,
              Type.STRING,
              "UTC",
              (name, value) -> parseZone(name, value),
              Importance.MEDIUM,
              "Zone in which hours, days and months begin, such as Europe/Berlin.")
          .define(
              ROLLUP_RETENTION_MS,
              Type.LONG,
              Duration.ofDays(35).toMillis(),
              Range.atLeast(Duration.ofHours(1).toMillis()),
              Importance.MEDIUM,
              "How long windows stay open for late events, in event time, milliseconds.")
          .define(
              ROLLUP_EMIT_INTERVAL_MS,
              Type.LONG,
              5000L,
              Range.between(0, 600_000),
              Importance.MEDIUM,
              "How often a roll-up that changes is written out, milliseconds. 0: at every commit.")
          .define(
              ROLLUP_PARTITIONS,
              Type.INT,
              8,
              Range.between(1, 1024),
              Importance.MEDIUM,
              "Partitions of the internal topic that carries partial sums. Fixed once the application has run.")
          .define(
              COMBINE_MAX_SUMS,
              Type.INT,
              200_000,
              Range.atLeast(1),
              Importance.LOW,
              "How many partial sums a task combines before it hands them on ahead of the commit.")
          .define(
              ROLLUP_CACHED_WINDOWS,
              Type.INT,
              20_000,
              Range.atLeast(0),
              Importance.LOW,
              "How many windows a task keeps as objects, at about 1 KB each; the rest is read from disk when it changes.")
          .define(
              RUNS_ENABLED,
              Type.BOOLEAN,
              true,
              Importance.MEDIUM,
              "Whether runs of workflows are followed, as the topic workflow-runs and in the roll-ups.")
          .define(
              RUNS_REPARTITION,
              Type.BOOLEAN,
              false,
              Importance.LOW,
              "Whether steps are sent to the task of their run by an internal topic, for producers whose record key"
                  + " is not the run id. Fixed once the application has run.")
          .define(
              RUNS_EMIT_INTERVAL_MS,
              Type.LONG,
              5000L,
              Range.between(0, 600_000),
              Importance.MEDIUM,
              "How often a run that changes is written out, milliseconds. 0: at every commit.")
          .define(
              RUNS_INACTIVITY_MS,
              Type.LONG,
              Duration.ofMinutes(10).toMillis(),
              Range.atLeast(1000),
              Importance.MEDIUM,
              "How long after its last step a run closes, in event time, milliseconds.")
          .define(
              RUNS_RETENTION_MS,
              Type.LONG,
              Duration.ofDays(7).toMillis(),
              Range.atLeast(Duration.ofHours(1).toMillis()),
              Importance.MEDIUM,
              "How long after its last step a run can still change, in event time, milliseconds.")
          .define(
              RUNS_CACHED,
              Type.INT,
              10_000,
              Range.atLeast(0),
              Importance.LOW,
              "How many runs a task keeps as objects, at about 2 KB each; the rest is read from disk when it changes.")
          .define(
              RUNS_SUCCESS_OUTCOMES,
              Type.LIST,
              "success,succeeded,resolved,completed,done,passed,ok",
              Importance.MEDIUM,
              "Outcomes of a run that count as a success, for the cost per successful run.")
          .define(
              DETECTORS_ENABLED,
              Type.BOOLEAN,
              true,
              Importance.MEDIUM,
              "Whether usage is watched and alerts are raised. What a detector looks for is set by policies on the topic detector-policies.")
          .define(
              DETECTORS_CACHED_SUBJECTS,
              Type.INT,
              20_000,
              Range.atLeast(0),
              Importance.LOW,
              "How many subjects a task keeps as objects per detector, at up to 10 KB each; the rest is read from disk when it changes.")
          .define(
              ALERTS_SIBLING_WAIT_MS,
              Type.LONG,
              8_000L,
              Range.between(0, 600_000),
              Importance.LOW,
              "How long a finding waits for others of the same cause before its alert fires, milliseconds. Longer than rollup.emit.interval.ms, or one cause may lead to several alerts.")
          .define(
              ALERTS_COOL_DOWN_MS,
              Type.LONG,
              1_800_000L,
              Range.atLeast(0),
              Importance.LOW,
              "How long after an alert of model-drift or ingest-silence the next one of the same subject and cause is held back, milliseconds of event time.")
          .define(
              ROCKSDB_CACHE_BYTES,
              Type.LONG,
              256L << 20,
              Range.atLeast(8L << 20),
              Importance.MEDIUM,
              "Block cache of all local stores of the process together, bytes; write buffers count against it.")
          .define(
              ROCKSDB_WRITE_BUFFER_BYTES,
              Type.LONG,
              96L << 20,
              Range.atLeast(4L << 20),
              Importance.LOW,
              "Write buffers of all local stores of the process together, bytes.")
          .define(
              HTTP_LISTEN,
              Type.STRING,
              "",
              Importance.MEDIUM,
              "Address of /metrics, /runs/ID, /health/live and /health/ready, as host:port, such as 127.0.0.1:9464. Empty: none.")
          .define(
              HTTP_ADVERTISED,
              Type.STRING,
              "",
              Importance.LOW,
              "Address at which other instances reach http.listen, as host:port, so that any of them answers for every"
                  + " run. Empty: http.listen, unless that is 0.0.0.0.");

  /** Reads and checks settings; throws ConfigException naming the setting that is wrong. */
  public TokenmeterConfig(Map<?, ?> settings) {
    super(DEFINITION, settings, false);
  }

  /** The whole name of a catalogued topic. */
  public String topic(String name) {
    return getString(TOPIC_PREFIX) + name;
  }

  /** The dimensions of the roll-ups. */
  public List<Dimension> dimensions() {
    return getList(ROLLUP_DIMENSIONS).stream().map(Dimension::parse).toList();
  }

  /** The zone in which hours, days and months begin. */
  public ZoneId timeZone() {
    return ZoneId.of(getString(ROLLUP_TIME_ZONE));
  }

  /** The dedupe horizon. */
  public DedupeHorizon dedupeHorizon() {
    return DedupeHorizon.of(Duration.ofMillis(getLong(DEDUPE_HORIZON_MS)));
  }

  /** Settings that begin with a prefix such as {@code streams.}, without it. */
  public Map<String, Object> passedThrough(String prefix) {
    return new HashMap<>(originalsWithPrefix(prefix));
  }

  private static void parseDimensions(String name, Object value) {
    try {
      Set<String> names = new HashSet<>();
      for (Object dimension : (List<?>) value) {
        String parsed = Dimension.parse(String.valueOf(dimension)).name();
        if (!names.add(parsed)) {
          throw new IllegalArgumentException("dimension '" + parsed + "' is named twice");
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name, value, e.getMessage());
    }
  }

  private static void parseZone(String name, Object value) {
    try {
      ZoneId.of(String.valueOf(value));
    } catch (ZoneRulesException e) {
      throw new ConfigException(name, value, "unknown time zone; use a name such as Europe/Berlin");
    } catch (java.time.DateTimeException e) {
      throw new ConfigException(name, value, "not a time zone; use a name such as Europe/Berlin");
    }
  }
}
