package io.tokenmeter.cli.reprice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.cli.CommandRun;
import io.tokenmeter.cli.Tokenmeter;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.totals.RollupSums;
import io.tokenmeter.embedded.EnvironmentOptions;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command against a real broker and registry, and an application in a process of its own that
 * is killed while it answers.
 */
class RepriceCommandTest {
  private static final int EVENTS = 1_200;

  @TempDir private Path directory;

  @Test
  void correctedPrice_isAppliedOnce_acrossAKillAndACommandThatIsRepeated() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.start(EnvironmentOptions.defaults())) {
      Path config = config(cluster.settings(), Map.of());
      replay(config);
      JsonNode planned = reprice(config, "--dry-run", "--prices", corrected());
      assertThat(planned.path("corrections").path("events").asLong()).isEqualTo(EVENTS);
      // 1,200 requests of 1,000 input and 100 output tokens, 0.0035 USD each, and 0.0032 by now.
      assertThat(planned.path("corrections").path("cost_before_usd").asText()).isEqualTo("4.2");
      assertThat(planned.path("corrections").path("cost_usd").asText()).isEqualTo("3.84");
      assertThat(planned.path("days").findValuesAsText("difference_usd"))
          .containsExactly("-0.18", "-0.18");
      assertThat(planned.path("dimensions").path("team").findValuesAsText("key"))
          .containsExactlyInAnyOrder("research", "search");

      CommandRun asked = run(config, "--prices", corrected());
      assertThat(asked.err()).contains("1,200 requests are in tokenmeter.reprice-requests");

      killWhileItAnswers(cluster.settings());
      Process application = start(config);
      try {
        CommandRun again = run(config, "--wait", "--patience", "60s");
        assertThat(again.err()).contains("events are corrected, and cost exactly");
        assertThat(again.exitCode()).isZero();
        assertThat(run(config, "--wait").err()).contains("Nothing has to be corrected.");
      } finally {
        kill(application);
      }
      JsonNode left = reprice(config, "--dry-run");
      assertThat(left.path("corrections").path("events").asLong()).isZero();
      assertThat(left.path("unchanged").asLong()).isEqualTo(EVENTS);
      assertThat(rolledUp(config)).isEqualByComparingTo("3.84");
      assertThat(ofRuns(config)).isEqualByComparingTo("1.28");
    }
  }

  private void killWhileItAnswers(Map<String, String> settings) throws Exception {
    Path slow = config(settings, Map.of("reprice.step.events", "8"));
    Process application = start(slow);
    try {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
      long left;
      do {
        left = reprice(slow, "--dry-run").path("corrections").path("events").asLong();
        assertThat(System.nanoTime()).as("nothing is answered").isLessThan(deadline);
      } while (left == EVENTS);
      assertThat(left).as("answered before the kill").isPositive();
    } finally {
      kill(application);
    }
  }

  private static void kill(Process application) throws InterruptedException {
    application.destroyForcibly();
    application.waitFor();
  }

  private Process start(Path config) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Tokenmeter.class.getName(),
            "run",
            "--config",
            config.toString())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve("application.log").toFile()))
        .start();
  }

  /** A command that must succeed, and what it prints as JSON. */
  private JsonNode reprice(Path config, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    CommandRun done = run(config, all.toArray(String[]::new));
    assertThat(done.exitCode()).as(done.err()).isZero();
    return new ObjectMapper().readTree(done.out());
  }

  private static CommandRun run(Path config, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "reprice",
                "--provider=openai",
                "--model=gpt-4o",
                "--from=2026-01-14",
                "--to=2026-01-16",
                "--config=" + config));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private void replay(Path config) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      lines.add(
          "{\"event_id\":\"e"
              + i
              + "\",\"occurred_at\":\"2026-01-1"
              + (4 + i % 2)
              + "T10:"
              + (10 + i % 50)
              + ":00Z\",\"provider\":\"openai\",\"model\":\"gpt-4o\",\"team\":\""
              + (i % 5 == 0 ? "search" : "research")
              + (i % 3 == 0 ? "\",\"workflow\":\"review\",\"run_id\":\"r" + i % 40 : "")
              + "\",\"input_tokens\":1000,\"output_tokens\":100}");
    }
    Path usage = Files.write(directory.resolve("usage.jsonl"), lines);
    CommandRun replayed =
        CommandRun.of(
            "replay",
            usage.toString(),
            "--format=usage-json",
            "--prices=" + prices("first.yaml", "2.50", "10.00"),
            "--config=" + config);
    assertThat(replayed.exitCode()).as(replayed.err()).isZero();
  }

  private String corrected() throws Exception {
    return prices("corrected.yaml", "2.00", "12.00");
  }

  private String prices(String file, String input, String output) throws Exception {
    return Files.writeString(
            directory.resolve(file),
            """
            format: tokenmeter/1
            prices:
              - provider: openai
                model: gpt-4o
                usd_per_million:
                  input_tokens: %s
                  output_tokens: %s
            """
                .formatted(input, output))
        .toString();
  }

  private Path config(Map<String, String> settings, Map<String, String> more) throws Exception {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("state.dir", directory.resolve("state").toString());
    all.put("threads", "1");
    all.put("commit.interval.ms", "200");
    all.put("rollup.emit.interval.ms", "0");
    all.put("runs.emit.interval.ms", "0");
    all.put("consumer.session.timeout.ms", "6000");
    all.put("consumer.heartbeat.interval.ms", "1000");
    all.putAll(more);
    Path file = directory.resolve("application-" + more.size() + ".properties");
    return Files.write(file, all.entrySet().stream().map(Object::toString).toList());
  }

  private static BigDecimal rolledUp(Path config) {
    Cluster cluster = Cluster.of(io.tokenmeter.cli.cluster.SettingsFile.read(config));
    RollupSums sums = new RollupSums();
    try (Deserializer<Object> deserializer = cluster.deserializer();
        TopicReader reader = new TopicReader(cluster, cluster.topic("usage-rollups"))) {
      reader.readToEnd(
          record ->
              sums.add((UsageRollup) deserializer.deserialize(record.topic(), record.value())));
    }
    assertThat(sums.costUsd(Granularity.MINUTE))
        .isEqualByComparingTo(sums.costUsd(Granularity.DAY));
    return sums.costUsd(Granularity.MONTH);
  }

  private static BigDecimal ofRuns(Path config) throws Exception {
    CommandRun list = CommandRun.of("runs", "list", "--limit=1000", "--json", "--config=" + config);
    assertThat(list.exitCode()).as(list.err()).isZero();
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode one : new ObjectMapper().readTree(list.out()).path("runs")) {
      sum = sum.add(new BigDecimal(one.path("cost_usd").asText()));
    }
    return sum;
  }
}
