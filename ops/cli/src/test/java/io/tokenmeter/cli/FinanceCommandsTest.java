package io.tokenmeter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.embedded.EnvironmentOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What finance asks, of usage that the real application metered on a real broker: six weeks of 2026
 * with three requests at noon of each weekday and one at weekends, and some nightly work.
 */
class FinanceCommandsTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final LocalDate LAST = LocalDate.parse("2026-04-12");

  private static final String PRICES =
      """
      format: tokenmeter/1
      prices:
        - provider: openai
          model: gpt-4o
          aliases: [gpt-4o-2024-08-06]
          usd_per_million: {input_tokens: 2.50, cache_read_tokens: 1.25, output_tokens: 10.00}
          service_tiers:
            batch:
              usd_per_million: {input_tokens: 1.25, cache_read_tokens: 0.625, output_tokens: 5.00}
        - provider: openai
          model: gpt-4o-mini
          usd_per_million: {input_tokens: 0.15, cache_read_tokens: 0.075, output_tokens: 0.60}
      """;

  @TempDir private static Path directory;
  private static EmbeddedCluster cluster;
  private static Path config;
  private static int events;

  @BeforeAll
  static void meter() throws Exception {
    cluster = EmbeddedCluster.start(EnvironmentOptions.defaults());
    config =
        Files.writeString(
            directory.resolve("tokenmeter.properties"),
            cluster.settings().entrySet().stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n")));
    Path prices = Files.writeString(directory.resolve("prices.yaml"), PRICES);
    CommandRun run =
        CommandRun.of(
            "replay",
            Files.write(directory.resolve("usage.jsonl"), usage()).toString(),
            "--format=usage-json",
            "--prices=" + prices,
            "--config=" + config);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  /** Every request of the day costs 0.0035 USD with gpt-4o; nightly ones a little more. */
  private static List<String> usage() {
    List<String> lines = new ArrayList<>();
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      int requests = isWeekend(day) ? 1 : 3;
      for (int i = 0; i < requests; i++) {
        lines.add(
            event(
                day.atTime(12, i).toInstant(ZoneOffset.UTC),
                "gpt-4o-2024-08-06",
                "chat",
                1000,
                0,
                100));
      }
    }
    for (int i = 0; i < 3; i++) {
      Instant night = LAST.atTime(1, i).toInstant(ZoneOffset.UTC);
      lines.add(event(night, "gpt-4o", "nightly", 2000, 1600, 100));
      lines.add(event(night, "gpt-4o-mini", "chat", 1000, 0, 100));
    }
    return lines;
  }

  private static String event(
      Instant at, String model, String workflow, long input, long cached, long output) {
    return "{\"event_id\":\"e%d\",\"occurred_at\":\"%s\",\"provider\":\"openai\",\"model\":\"%s\",\"workflow\":\"%s\",\"input_tokens\":%d,\"cache_read_tokens\":%d,\"output_tokens\":%d,\"max_output_tokens\":100}"
        .formatted(events++, at, model, workflow, input, cached, output);
  }

  @Test
  void forecast_isExactSoFarAndKnowsTheWeekend() throws Exception {
    JsonNode json = json("forecast", "--dimension=workflow", "--as-of=2026-04-12", "--growth=2");

    JsonNode chat = json.path("subjects").get(0);
    assertThat(chat.path("subject").asText()).isEqualTo("chat");
    // April until the 11th: 8 weekdays of 0.0105 and 3 days at weekends of 0.0035.
    assertThat(chat.path("so_far_usd").asText()).isEqualTo("0.0945");
    assertThat(chat.path("history_days").asInt()).isEqualTo(41);
    assertThat(chat.path("backtest").path("forecasts").asInt()).isPositive();
    assertThat(chat.path("backtest").path("median_error").asDouble()).isZero();
    // 14 weekdays and 5 days at weekends are left: 0.1645, to the cent.
    assertThat(chat.path("month_end_usd").asText()).isEqualTo("0.2545");
    assertThat(chat.path("grown_month_end_usd").asText()).isEqualTo("0.4145");
    assertThat(json.path("time_zone").asText()).isEqualTo("UTC");
  }

  @Test
  void forecast_ofNoDimensionThatIsKept_saysWhichThereAre() {
    CommandRun run = run("forecast", "--dimension=region", "--as-of=2026-04-12");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no roll-ups of days by 'region'", "rollup.dimensions");
    assertThat(run("forecast", "--dimension=colour").exitCode()).isEqualTo(2);
  }

  @Test
  void forecastAsText_saysHowItIsMadeAndHowGoodItIs() {
    CommandRun run = run("forecast", "--as-of=2026-04-12");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .startsWith("April 2026 by model, as of 12 April 2026 00:00 UTC. Exact until then")
        .containsPattern("MODEL +SO FAR +MONTH END +LOW +HIGH +ERROR")
        .containsPattern("gpt-4o-2024-08-06 +\\$0.09 +\\$0.25")
        .contains("were off by 0.0 % (median)");
  }

  @Test
  void exportOfTheSameUsage_agreesByModelThoughItsNameIsDated() throws Exception {
    Path invoice =
        csv(
            "agrees.csv",
            "2026-04-10,gpt-4o-2024-08-06,3000,0,300,0.0105\n2026-04-11,gpt-4o,1000,0,100,0.0035\n");

    CommandRun run = run("reconcile", "--invoice=" + invoice, "--provider=openai");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("All 2 days of models agree within 1 % or 0.01 USD a day.");
  }

  @Test
  void rollups_giveTheSameAsEvents() throws Exception {
    Path invoice =
        csv("rollups.csv", "2026-04-09,gpt-4o,6000,0,600,0.021\n2026-04-12,gpt-4o,1,0,1,5\n");
    String[] command = {
      "reconcile", "--invoice=" + invoice, "--provider=openai", "--tolerance-usd=0", "--json"
    };
    JsonNode events = new ObjectMapper().readTree(run(command).out());
    List<String> rollups = new ArrayList<>(List.of(command));
    rollups.add("--source=rollups");

    JsonNode sums = new ObjectMapper().readTree(run(rollups.toArray(String[]::new)).out());

    assertThat(sums.path("metered_requests")).isEqualTo(events.path("metered_requests"));
    assertThat(sums.path("days").size()).isEqualTo(events.path("days").size());
    for (int i = 0; i < events.path("days").size(); i++) {
      for (String figure : List.of("cost_usd", "input_tokens", "cache_read_tokens", "requests")) {
        assertThat(sums.path("days").get(i).path("metered").path(figure))
            .isEqualTo(events.path("days").get(i).path("metered").path(figure));
      }
    }
  }

  @Test
  void exportThatDiffers_givesExitCodeOneAndTheCauses() throws Exception {
    Path invoice =
        csv(
            "differs.csv",
            "2026-04-08,gpt-4o,3000,0,300,1.05\n"
                + "2026-04-09,gpt-4o,6000,0,600,0.021\n"
                + "2026-04-10,gpt-4o,3000,0,300,0.0105\n"
                + "2026-04-12,o3,10,0,10,5\n");
    JsonNode json =
        new ObjectMapper()
            .readTree(
                run(
                        "reconcile",
                        "--invoice=" + invoice,
                        "--provider=OpenAI",
                        "--tolerance-usd=0",
                        "--json")
                    .out());

    assertThat(json.path("agrees").asBoolean()).isFalse();
    assertThat(causes(json, "2026-04-08", "gpt-4o")).containsExactly("PRICE");
    assertThat(causes(json, "2026-04-09", "gpt-4o")).containsExactly("MISSING_EVENTS");
    assertThat(causes(json, "2026-04-10", "gpt-4o")).isEmpty();
    assertThat(causes(json, "2026-04-11", "gpt-4o")).containsExactly("NO_LINE");
    assertThat(causes(json, "2026-04-12", "gpt-4o-mini")).containsExactly("NO_LINE");
    assertThat(causes(json, "2026-04-12", "o3")).containsExactly("MISSING_EVENTS");
    CommandRun text =
        run("reconcile", "--invoice=" + invoice, "--provider=openai", "--tolerance-usd=0");
    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(text.out())
        .containsPattern("2026-04-09 gpt-4o +0.021 +0.0105 +-0.0105 +differs")
        .containsPattern("  input tokens +6,000 +3,000 +-3,000")
        .contains("the cost differs by the factor 0.01", "short by about the same 50.0 %")
        .contains("6 of 7 days of models differ");
  }

  @Test
  void providersOwnExport_isToldByItsContent() throws Exception {
    long noon = LocalDate.parse("2026-04-10").atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    Path usage =
        Files.writeString(
            directory.resolve("usage.json"),
            """
            {"object":"page","data":[{"object":"bucket","start_time":%d,"end_time":%d,"results":[
              {"object":"organization.usage.completions.result","input_tokens":3000,"output_tokens":300,
               "input_cached_tokens":500,"num_model_requests":3,"model":"gpt-4o-2024-08-06","batch":false}]}],
             "has_more":false}
            """
                .formatted(noon, noon + 86_400));

    CommandRun run = run("reconcile", "--invoice=" + usage);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("openai-usage, 2026-04-10 to 2026-04-10, days in UTC")
        .contains("500 cached tokens are billed and 0 were\n  metered");
  }

  @Test
  void wrongExports_areRefusedBeforeAnythingIsRead() throws Exception {
    Path invoice = Files.writeString(directory.resolve("wrong.csv"), "date,cost_usd\nsoon,1\n");

    CommandRun wrong = run("reconcile", "--invoice=" + invoice, "--provider=openai");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("wrong.csv, line 2: date 'soon' is no day");
    Path right = csv("right.csv", "2026-04-10,gpt-4o,3000,0,300,0.0105\n");
    CommandRun nobody = run("reconcile", "--invoice=" + right);
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.err()).contains("an export of the format csv needs --provider");
    CommandRun tolerance =
        run("reconcile", "--invoice=" + right, "--provider=x", "--tolerance=120%");
    assertThat(tolerance.exitCode()).isEqualTo(2);
  }

  @Test
  void savings_areOfTheRequestsTheyName() throws Exception {
    Path rates =
        Files.writeString(
            directory.resolve("rates.yaml"),
            """
            capacity:
              - name: one box
                kind: self-hosted
                replaces: [openai/gpt-4o*]
                usd_per_hour: 1
                input_tokens_per_second: 1000
                output_tokens_per_second: 100
            """);
    JsonNode json =
        json(
            "savings",
            "--from=2026-03-13",
            "--to=2026-04-13",
            "--min-requests=3",
            "--batch-eligible=workflow:night*",
            "--rates=" + rates);

    JsonNode batch = saving(json, "batch");
    assertThat(batch.path("subject").asText()).isEqualTo("workflow:nightly");
    // 3 x (400 x 2.50 + 1,600 x 1.25 + 100 x 10) millionths, and half of it.
    assertThat(batch.path("spent_usd").asText()).isEqualTo("0.012");
    assertThat(batch.path("saved_usd").asText()).isEqualTo("0.006");
    JsonNode smaller = saving(json, "smaller_model");
    assertThat(smaller.path("subject").asText()).isEqualTo("workflow:chat");
    assertThat(smaller.path("alternative").asText()).isEqualTo("gpt-4o-mini (openai)");
    // 73 requests of 0.0035, for 0.00021 each.
    assertThat(smaller.path("requests").asInt()).isEqualTo(73);
    assertThat(smaller.path("saved_usd").asText()).isEqualTo("0.24017");
    assertThat(saving(json, "at_cap").path("saved_usd").asText()).isEqualTo("0");
    JsonNode capacity = saving(json, "capacity");
    // 31 days of 24 hours at a dollar, less what was spent.
    assertThat(new BigDecimal(capacity.path("saved_usd").asText()))
        .isEqualByComparingTo(
            new BigDecimal(json.path("spent_usd").asText()).subtract(new BigDecimal("744")));
  }

  @Test
  void savingsAsText_sayWhatWasNotLookedAt() {
    CommandRun run = run("savings", "--from=2026-03-13", "--to=2026-04-13", "--min-requests=3");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("Savings overlap: they do not add up.")
        .contains("Not looked at: usage does not say who waits for an answer.")
        .contains("Not looked at: give the rates of what could be rented with --rates FILE.")
        .contains("the request's\nstatus, not the quality");
    CommandRun nothing = run("savings", "--from=2025-01-01", "--to=2025-01-02");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("no priced requests from 2025-01-01T00:00:00Z");
    assertThat(run("savings", "--batch-eligible=nightly").exitCode()).isEqualTo(2);
  }

  private static JsonNode saving(JsonNode json, String kind) {
    for (JsonNode saving : json.path("savings")) {
      if (saving.path("kind").asText().equals(kind)) {
        return saving;
      }
    }
    throw new AssertionError("no saving of the kind " + kind + " in " + json);
  }

  private static List<String> causes(JsonNode json, String day, String model) {
    for (JsonNode row : json.path("days")) {
      if (row.path("day").asText().equals(day) && row.path("model").asText().equals(model)) {
        return row.path("causes").findValuesAsText("cause");
      }
    }
    throw new AssertionError("no " + day + " of " + model + " in " + json);
  }

  private static Path csv(String name, String rows) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        "date,model,input_tokens,cache_read_tokens,output_tokens,cost_usd\n" + rows);
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
  }

  private static JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    CommandRun run = run(all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config=" + config);
    return CommandRun.of(all.toArray(String[]::new));
  }
}
