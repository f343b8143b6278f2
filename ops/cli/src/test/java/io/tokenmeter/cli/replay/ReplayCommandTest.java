package io.tokenmeter.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.cli.CommandRun;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.cli.cluster.SettingsFile;
import io.tokenmeter.embedded.EnvironmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays files through the real application on a real broker and registry. */
class ReplayCommandTest {

  private static final String PRICES =
      """
      format: tokenmeter/1
      prices:
        - provider: openai
          model: gpt-4o
          usd_per_million:
            input_tokens: 2.50
            output_tokens: 10.00
      """;

  @TempDir private static Path directory;
  private static EmbeddedCluster cluster;
  private static Path prices;
  private static int applications;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = EmbeddedCluster.start(EnvironmentOptions.defaults());
    prices = Files.writeString(directory.resolve("prices.yaml"), PRICES);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void traceOfYears_inAnEmbeddedEnvironment_isPricedExactlyAndWholeInTheRollups() throws Exception {
    Path trace =
        Files.writeString(
            directory.resolve("trace.csv"),
            "TIMESTAMP,ContextTokens,GeneratedTokens\r\n"
                + "2023-11-16 18:15:46.6805900,374,44\r\n"
                + "2023-11-16 18:15:46.6805900,374,44\r\n"
                + "2023-11-17 00:00:00.0000000,1,0\r\n"
                + "2025-06-01 12:00:00.0000000,1,0");

    CommandRun run =
        CommandRun.of(
            "replay",
            trace.toString(),
            "--format=azure-llm-trace",
            "--provider=openai",
            "--model=gpt-4o",
            "--prices=" + prices,
            "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode summary = new ObjectMapper().readTree(run.out());
    assertThat(summary.path("lines").asLong()).isEqualTo(4);
    assertThat(summary.path("events").asLong()).isEqualTo(4);
    assertThat(summary.path("duplicates").asLong()).isZero();
    // 2 x (374 x 2.50 + 44 x 10.00) + 2 x 2.50 millionths of a dollar.
    assertThat(summary.path("cost_usd").asText()).isEqualTo("0.002755");
    assertThat(summary.path("cost_usd_from_events").asText()).isEqualTo("0.002755");
    assertThat(summary.path("by_day").findValuesAsText("day"))
        .containsExactly("2023-11-16", "2023-11-17", "2025-06-01");
    assertThat(summary.path("by_day").findValuesAsText("cost_usd"))
        .containsExactly("0.00275", "0.0000025", "0.0000025");
  }

  @Test
  void fileReplayedTwice_doublesNothingAndSaysHowManyDuplicatesItSaw() throws Exception {
    Path config = newApplication();
    Path file = usage("twice.jsonl", IntStream.range(0, 50).mapToObj(i -> event("twice-" + i)));

    JsonNode first = replay(file, config, "--prices=" + prices);
    JsonNode second = replay(file, config);

    assertThat(first.path("duplicates").asLong()).isZero();
    assertThat(second.path("duplicates").asLong()).isEqualTo(50);
    for (JsonNode summary : List.of(first, second)) {
      assertThat(summary.path("lines").asLong()).isEqualTo(50);
      assertThat(summary.path("events").asLong()).isEqualTo(50);
      assertThat(summary.path("rejected").asLong()).isZero();
      assertThat(summary.path("cost_usd").asText()).isEqualTo("0.175");
      assertThat(summary.path("cost_usd_from_events").asText()).isEqualTo("0.175");
    }
  }

  @Test
  void everyKindOfLine_isCountedForWhatItIs() throws Exception {
    Path config = newApplication();
    Path file =
        usage(
            "kinds.jsonl",
            List.of(
                event("good"),
                event("good"),
                "{\"event_id\":\"typo\",\"modle\":\"gpt-4o\"}",
                event("contradiction").replace("}", ",\"cache_read_tokens\":1001}"),
                event("unpriced").replace("gpt-4o", "no-such-model"),
                "",
                event("role").replace("}", ",\"cost_role\":\"ROLLUP\"}"))
                .stream());

    CommandRun run = run(file, config, "--prices=" + prices);
    JsonNode summary = new ObjectMapper().readTree(run.out());

    assertThat(summary.path("lines").asLong()).isEqualTo(6);
    assertThat(summary.path("events").asLong()).isEqualTo(3);
    assertThat(summary.path("duplicates").asLong()).isEqualTo(1);
    assertThat(summary.path("rejected").asLong()).isEqualTo(2);
    assertThat(summary.path("unpriced").asLong()).isEqualTo(1);
    assertThat(summary.path("cost_usd").asText()).isEqualTo("0.0035");
    assertThat(summary.path("cost_usd_from_events").asText()).isEqualTo("0.0035");
    assertThat(run.err())
        .contains(file + ", line 3: rejected: unknown field 'modle'\n")
        .contains(file + ", line 4: rejected: ")
        .contains("2 of 6 lines of " + file + " were rejected, and not in the figures");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void fileOfWhichNothingIsAccepted_isAnErrorThatSaysWhatToDo() throws Exception {
    Path config = newApplication();
    Path file =
        usage(
            "wrong.jsonl",
            List.of("prompt,tokens", event("more").replace("}", ",\"cache_read_tokens\":1001}"))
                .stream());

    CommandRun run = run(file, config);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(run.out()).path("rejected").asLong()).isEqualTo(2);
    assertThat(run.err())
        .contains(file + ", line 1: rejected: ", file + ", line 2: rejected: ")
        .contains("tokenmeter: none of the 2 lines of " + file + " was accepted: mend")
        .contains("another --format than usage-json");
  }

  @Test
  void emptyFile_isNoError_andSaidToBeEmpty() throws Exception {
    CommandRun run = run(usage("empty.jsonl", java.util.stream.Stream.of("")), newApplication());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("empty.jsonl has no lines: nothing was sent");
  }

  @Test
  void figures_areAboutTheFileWhateverElseIsInTheTopics() throws Exception {
    Path config = newApplication();
    Path others = usage("others.jsonl", IntStream.range(0, 30).mapToObj(i -> event("other-" + i)));
    Path file = usage("mine.jsonl", IntStream.range(0, 10).mapToObj(i -> event("mine-" + i)));

    replay(others, config, "--prices=" + prices);
    JsonNode summary = replay(file, config);

    assertThat(summary.path("events").asLong()).isEqualTo(10);
    assertThat(summary.path("duplicates").asLong()).isZero();
    assertThat(summary.path("cost_usd").asText()).isEqualTo("0.035");
    assertThat(summary.path("cost_usd_from_events").asText()).isEqualTo("0.035");
  }

  @Test
  void pricePublishedWhileTheApplicationRuns_pricesWhatWasHeld() throws Exception {
    Path config = newApplication();
    Path file = usage("held.jsonl", IntStream.range(0, 20).mapToObj(i -> event("held-" + i)));

    try (LocalApplication application =
        LocalApplication.start(SettingsFile.read(config), new StopSignal())) {
      JsonNode before = replay(file, config);
      JsonNode after = replay(file, config, "--prices=" + prices);

      assertThat(before.path("unpriced").asLong()).isEqualTo(20);
      assertThat(before.path("cost_usd").asText()).isEqualTo("0");
      assertThat(after.path("unpriced").asLong()).isZero();
      assertThat(after.path("duplicates").asLong()).isEqualTo(20);
      assertThat(after.path("cost_usd").asText()).isEqualTo("0.07");
      assertThat(after.path("cost_usd_from_events").asText()).isEqualTo("0.07");
      assertThat(application.counter("tokenmeter_drop_duplicates_total")).isEqualTo(20);
    }
  }

  @Test
  void missingTopics_areNamedWithTheCommandThatCreatesThem() throws Exception {
    Path config = config("missing");

    CommandRun run = run(usage("one.jsonl", List.of(event("one")).stream()), config);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("tokenmeter: missing topics: missing.usage-events, missing.reprice-requests")
        .endsWith("; create them with: tokenmeter topics create --config " + config + "\n");
  }

  private static JsonNode replay(Path file, Path config, String... more) throws IOException {
    CommandRun run = run(file, config, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static CommandRun run(Path file, Path config, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay", file.toString(), "--format=usage-json", "--json", "--config=" + config));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** Settings of an application that has topics of its own, so that tests do not meet. */
  private static Path newApplication() throws IOException {
    Path config = config("app" + ++applications);
    CommandRun created =
        CommandRun.of("topics", "create", "--config", config.toString(), "--partitions", "2");
    assertThat(created.exitCode()).as(created.err()).isZero();
    return config;
  }

  private static Path config(String name) throws IOException {
    String settings =
        cluster.settings().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining("\n"));
    return Files.writeString(
        directory.resolve(name + ".properties"),
        settings
            + "\napplication.id="
            + name
            + "\ntopic.prefix="
            + name
            + ".\nrollup.partitions=2\nthreads=1\ncommit.interval.ms=200\n");
  }

  private static Path usage(String name, java.util.stream.Stream<String> lines) throws IOException {
    return Files.write(directory.resolve(name), (Iterable<String>) lines::iterator);
  }

  /** An event that costs 0.0035 USD: 1000 input and 100 output tokens. */
  private static String event(String id) {
    return "{\"event_id\":\""
        + id
        + "\",\"occurred_at\":\"2026-01-15T10:00:00+01:00\",\"provider\":\"openai\","
        + "\"model\":\"gpt-4o\",\"input_tokens\":1000,\"output_tokens\":100}";
  }
}
