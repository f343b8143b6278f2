package io.tokenmeter.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.rollup.Dimension;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class TokenmeterConfigTest {
  private static final Map<String, String> NEEDED =
      Map.of("bootstrap.servers", "a:1,b:2", "registry.url", "http://localhost:8080");

  // Wrong settings: the message names the setting, its value and what would do.

  @Test
  void settingsThatAreNeeded_areNamedWhereTheyAreMissing() {
    assertThatThrownBy(() -> new TokenmeterConfig(Map.of("registry.url", "http://x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Missing required configuration \"bootstrap.servers\"");
    assertThatThrownBy(() -> new TokenmeterConfig(Map.of("bootstrap.servers", "a:1")))
        .hasMessageContaining("Missing required configuration \"registry.url\"");
  }

  @Test
  void emptySettings_areRefused() {
    assertWrong("registry.url", "", "Invalid value  for configuration registry.url");
    assertWrong("bootstrap.servers", "", "Configuration 'bootstrap.servers' must not be empty");
    assertWrong("application.id", "", "Invalid value  for configuration application.id");
  }

  @Test
  void numberOutOfRange_isRefusedWithTheRange() {
    assertWrong(
        "commit.interval.ms",
        "5",
        "Invalid value 5 for configuration commit.interval.ms: Value must be at least 100");
    assertWrong(
        "commit.interval.ms",
        "60000",
        "Invalid value 60000 for configuration commit.interval.ms: Value must be no more than"
            + " 15000");
    assertWrong("dedupe.horizon.ms", "59999", "Value must be at least 60000");
    assertWrong("event.max.bytes", "1000000", "Value must be no more than 900000");
    assertWrong("rollup.partitions", "0", "Value must be at least 1");
    assertWrong("threads", "-1", "Value must be at least 0");
  }

  @Test
  void wordInPlaceOfANumber_isRefused() {
    assertWrong(
        "threads",
        "many",
        "Invalid value many for configuration threads: Not a number of type INT");
  }

  @Test
  void unknownDimension_isRefusedWithTheKnownOnes() {
    assertWrong(
        "rollup.dimensions",
        "model,modle",
        "Invalid value [model, modle] for configuration rollup.dimensions: unknown part 'modle' in"
            + " dimension 'modle'; known are model, api_key,");
  }

  /** Everything would be counted twice in it. */
  @Test
  void dimensionNamedTwice_isRefused() {
    assertWrong(
        "rollup.dimensions",
        "model,team, model",
        "for configuration rollup.dimensions: dimension 'model' is named twice");
  }

  @Test
  void unknownTimeZone_isRefusedWithAnExample() {
    assertWrong(
        "rollup.time.zone",
        "Europe/Berln",
        "Invalid value Europe/Berln for configuration rollup.time.zone: unknown time zone; use a"
            + " name such as Europe/Berlin");
    assertWrong("rollup.time.zone", "half past ten", "not a time zone; use a name such as");
  }

  // Settings as the stages get them.

  @Test
  void defaults_areThoseOfTheReferencePage() {
    TokenmeterConfig config = config(Map.of());
    assertThat(config.topic("usage-events")).isEqualTo("tokenmeter.usage-events");
    assertThat(config.dimensions())
        .extracting(Dimension::name)
        .containsExactlyElementsOf(Dimension.DEFAULTS);
    assertThat(config.timeZone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(config.dedupeHorizon().bucketMillis()).isEqualTo(3_600_000);
  }

  @Test
  void topicPrefix_isPutBeforeEveryName() {
    assertThat(config(Map.of("topic.prefix", "acme.")).topic("price-table"))
        .isEqualTo("acme.price-table");
    assertThat(config(Map.of("topic.prefix", "")).topic("price-table")).isEqualTo("price-table");
  }

  // What goes to Kafka Streams.

  @Test
  void defaults_areExactlyOnceWithNamesOfOurOwn() {
    Map<String, Object> settings = StreamsSettings.of(config(Map.of("threads", "3")));
    assertThat(settings)
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000L)
        .containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 3)
        .containsEntry("ensure.explicit.internal.resource.naming", true)
        .containsEntry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L)
        .containsEntry("topic.message.timestamp.type", "LogAppendTime");
  }

  @Test
  void noNumberOfThreads_isOneForEachCore() {
    assertThat(StreamsSettings.of(config(Map.of())))
        .containsEntry(
            StreamsConfig.NUM_STREAM_THREADS_CONFIG, Runtime.getRuntime().availableProcessors());
  }

  @Test
  void settingsWithAPrefix_goToStreamsAndItsClientsAndOverOurs() {
    Map<String, Object> settings =
        StreamsSettings.of(
            config(
                Map.of(
                    "streams.replication.factor", "3",
                    "streams.num.standby.replicas", "1",
                    "streams.max.task.idle.ms", "100",
                    "consumer.max.poll.records", "17",
                    "producer.compression.type", "zstd",
                    "serde.apicurio.registry.auto-register", "false")));
    assertThat(settings)
        .containsEntry("replication.factor", "3")
        .containsEntry("num.standby.replicas", "1")
        .containsEntry("max.task.idle.ms", "100")
        .containsEntry("consumer.max.poll.records", "17")
        .containsEntry("producer.compression.type", "zstd")
        .doesNotContainKey("apicurio.registry.auto-register");
    StreamsConfig checked = new StreamsConfig(settings);
    assertThat(checked.getMainConsumerConfigs("g", "c", 0)).containsEntry("max.poll.records", "17");
    assertThat(checked.getProducerConfigs("c")).containsEntry("compression.type", "zstd");
  }

  @Test
  void stateDirectory_isTheOneSetOrOneInTheSystemsTemporaryDirectory() {
    assertThat(StreamsSettings.stateDirectory(config(Map.of("state.dir", "/var/lib/t"))))
        .isEqualTo(Path.of("/var/lib/t"));
    assertThat(StreamsSettings.stateDirectory(config(Map.of())))
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "tokenmeter"));
  }

  private static void assertWrong(String setting, String value, String message) {
    assertThatThrownBy(() -> config(Map.of(setting, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private static TokenmeterConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.putAll(more);
    return new TokenmeterConfig(settings);
  }
}
