package io.tokenmeter.cli.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateCommandTest {

  @ParameterizedTest
  @CsvSource({
    "50000, 1500, 400, gpt-4o, 387.5, 11625",
    "500000, 200, 20, gpt-4o-mini, 21, 630",
    "10000, 3000, 800, claude-3-5-sonnet, 210, 6300"
  })
  void listPricesWithoutAllowance_giveTheKnownBills(
      String requests, String input, String output, String model, String day, String month)
      throws Exception {
    JsonNode chosen =
        json(
                "--requests-per-day=" + requests,
                "--input-tokens=" + input,
                "--output-tokens=" + output,
                "--model=" + model,
                "--allowance=0")
            .path("chosen");

    assertThat(chosen.path("usd_per_day").asText()).isEqualTo(day);
    assertThat(chosen.path("usd_per_month").asText()).isEqualTo(month);
  }

  @Test
  void text_marksTheChosenModelAmongAllOthersByCost() {
    CommandRun run =
        CommandRun.of(
            "estimate",
            "--requests-per-day=50000",
            "--input-tokens=1500",
            "--output-tokens=400",
            "--model=gpt-4o-2024-08-06",
            "--at=2026-11-22");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith(
            """
            50,000 requests a day of 1,500 input and 400 output tokens; cached 0 %, batch
            0 %, allowance 20 %.
            Prices: bundled list prices, as of 2026-11-22T00:00:00Z.

            gpt-4o (openai)                        USD
              a request, allowance included     0.0093
              a day                             465.00
              a month of 30 days             13,950.00
            """)
        .containsPattern("(?m)^>  gpt-4o \\(openai\\) +0.0093 +465.00 +13,950.00 +1x$")
        .containsPattern("(?m)^   gpt-4o-mini \\(openai\\) +0.000558 +27.90 +837.00 +0.06x$")
        .contains("gpt-4o is sold by openai, azure; the first of the list is taken")
        .contains("Not priced for this traffic: ")
        .contains("text-embedding-3-small (its output price is 0)");
    assertThat(run.out().lines().filter(line -> line.startsWith(">"))).hasSize(1);
    assertThat(run.out().indexOf("gpt-4o-mini (")).isLessThan(run.out().indexOf(">  gpt-4o ("));
  }

  @Test
  void moment_decidesWhichPriceApplies(@TempDir Path directory) throws Exception {
    Path prices =
        Files.writeString(
            directory.resolve("prices.yaml"),
            """
            format: tokenmeter/1
            prices:
              - provider: house
                model: llm
                effective_to: 2026-06-01
                usd_per_million: {input_tokens: 4.00, output_tokens: 4.00}
              - provider: house
                model: llm
                effective_from: 2026-06-01
                usd_per_million: {input_tokens: 1.00, output_tokens: 1.00}
            """);
    String[] million = {
      "--requests-per-day=1",
      "--input-tokens=1000000",
      "--output-tokens=0",
      "--model=llm",
      "--allowance=0",
      "--prices=" + prices
    };

    JsonNode before = json(and(million, "--at=2026-05-31T23:59:59Z"));
    JsonNode after = json(and(million, "--at=2026-06-01"));

    assertThat(before.at("/chosen/usd_per_day").asText()).isEqualTo("4");
    assertThat(after.at("/chosen/usd_per_day").asText()).isEqualTo("1");
    assertThat(after.path("prices_as_of").asText()).isEqualTo("2026-06-01T00:00:00Z");
    assertThat(after.path("models").findValuesAsText("model")).containsExactly("llm");
  }

  @Test
  void unknownModel_isAnsweredWithHowToFindItsName() {
    CommandRun run =
        run(
            "--requests-per-day=1",
            "--input-tokens=1",
            "--output-tokens=1",
            "--model=gpt-9",
            "--at=2026-11-22");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "tokenmeter: no price for gpt-9 at 2026-11-22T00:00:00Z in the bundled list prices;"
                + " look for its name with: tokenmeter prices list --bundled, or name the"
                + " --provider, --region or --at\n");
  }

  @Test
  void modelThatCannotDoIt_saysWhichPriceIsMissing(@TempDir Path directory) throws Exception {
    Path prices =
        Files.writeString(
            directory.resolve("prices.yaml"),
            """
            format: tokenmeter/1
            prices:
              - provider: house
                model: reader
                usd_per_million: {input_tokens: 4.00}
            """);
    CommandRun run =
        run(
            "--requests-per-day=1",
            "--input-tokens=1",
            "--output-tokens=1",
            "--model=reader",
            "--prices=" + prices);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "tokenmeter: reader of house cannot be priced:" + " UNIT_NOT_PRICED: output_tokens\n");
  }

  @Test
  void nonsense_isWrongUsage() {
    CommandRun share =
        run(
            "--requests-per-day=1",
            "--input-tokens=1",
            "--output-tokens=1",
            "--model=gpt-4o",
            "--cached-share=40");
    assertThat(share.exitCode()).isEqualTo(2);
    assertThat(share.err()).startsWith("tokenmeter: the cached share must be from 0 to 1, not 40");
    CommandRun moment =
        run(
            "--requests-per-day=1",
            "--input-tokens=1",
            "--output-tokens=1",
            "--model=gpt-4o",
            "--at=soon");
    assertThat(moment.exitCode()).isEqualTo(2);
    assertThat(moment.err()).contains("'soon' is neither a date such as 2026-11-22 nor a time");
  }

  private static JsonNode json(String... arguments) throws Exception {
    CommandRun run = run(and(arguments, "--json"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("estimate"));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static String[] and(String[] arguments, String more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(more);
    return all.toArray(String[]::new);
  }
}
