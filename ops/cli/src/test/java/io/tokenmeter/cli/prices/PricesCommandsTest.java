package io.tokenmeter.cli.prices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesCommandsTest {
  private static final String GOOD =
      """
      prices:
        - provider: acme
          model: big
          usd_per_million: {input_tokens: 1, output_tokens: 4}
      """;

  /** Cache reads at a two-thousandth of the input price are outside the usual band. */
  private static final String ODD =
      """
      prices:
        - provider: acme
          model: big
          usd_per_million: {input_tokens: 1000, cache_read_tokens: 0.5, output_tokens: 4000}
      """;

  private static final String BAD =
      """
      prices:
        - provider: acme
          model: big
          usd_per_million: {input_tokens: free}
        - provider: acme
          model: small
          usd_per_million: {input_tokens: 1, output_tokens: 4}
      """;

  private static final String LITELLM =
      """
      {"gpt-4o": {"litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05},
       "azure/eu/gpt-4o": {"litellm_provider": "azure", "input_cost_per_token": 2.75e-06, "cost_per_wish": 3},
       "azure/gpt-4o": {"litellm_provider": "azure", "input_cost_per_token": 2.5000000000001e-06, "cost_per_wish": 3}}
      """;

  @TempDir Path directory;

  @Test
  void check_ofAGoodList_exitsWithZero() throws IOException {
    CommandRun run = CommandRun.of("prices", "check", file("good.yaml", GOOD));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("good.yaml: 1 row, 0 errors, 0 warnings, 0 notes\n");
  }

  @Test
  void check_ofABadRow_namesItAndExitsWithOne() throws IOException {
    CommandRun run = CommandRun.of("prices", "check", file("bad.yaml", BAD));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("SEVERITY  LINE  ROW\n  FINDING")
        .contains(
            "error        4  acme big\n  standard input_tokens: 'free' is not a number [not-a-price]")
        .contains("bad.yaml: 1 row, 1 error, 0 warnings");
  }

  @Test
  void check_ofAnOddList_warns_andFailsOnlyWhenStrict() throws IOException {
    String odd = file("odd.yaml", ODD);

    assertThat(CommandRun.of("prices", "check", odd).exitCode()).isZero();
    assertThat(CommandRun.of("prices", "check", odd).out()).contains("warning      2  acme big");
    assertThat(CommandRun.of("prices", "check", "--strict", odd).exitCode()).isEqualTo(1);
  }

  @Test
  void check_asJson_holdsEveryFileAndFinding() throws IOException {
    CommandRun run =
        CommandRun.of(
            "prices", "check", "--json", file("bad.yaml", BAD), file("odd.yaml", ODD), "gone.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode files = new ObjectMapper().readTree(run.out()).get("files");
    assertThat(files).hasSize(3);
    assertThat(files.get(0).get("errors").intValue()).isEqualTo(1);
    assertThat(files.get(0).get("findings").get(0).get("line").intValue()).isEqualTo(4);
    assertThat(files.get(0).get("findings").get(0).get("reason").textValue())
        .isEqualTo("not-a-price");
    assertThat(files.get(1).get("warnings").intValue()).isPositive();
    assertThat(files.get(2).get("failure").textValue()).contains("gone.yaml");
  }

  @Test
  void check_ofAPublicList_needsItsFormat() throws IOException {
    String litellm = file("litellm.json", LITELLM);

    CommandRun wrong = CommandRun.of("prices", "check", litellm);
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("then name its format");
    CommandRun right = CommandRun.of("prices", "check", "--notes", "--format", "litellm", litellm);
    assertThat(right.exitCode()).isZero();
    assertThat(right.out()).contains("unmapped-field cost_per_wish", "note", "rounded half-even");
  }

  @Test
  void imported_listSaysWhatItLeavesOut_andPricesTheSame() throws IOException {
    Path output = directory.resolve("out.yaml");

    CommandRun run =
        CommandRun.of(
            "prices",
            "import",
            "--from",
            "litellm",
            file("l.json", LITELLM),
            "--output",
            output.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("warning   unmapped-field cost_per_wish      2\n  azure/eu/gpt-4o: cost_per_wish")
        .contains("note      rounded")
        .endsWith("4 rows imported; 0 errors, 2 warnings, 1 note\n");
    assertThat(CommandRun.of("prices", "check", output.toString()).exitCode()).isZero();
    assertThat(Files.readString(output))
        .startsWith("# Imported from the litellm list l.json: 4 rows.\n")
        .contains("region: eu", "input_tokens: 2.75");
  }

  @Test
  void imported_listOfOneProvider_leavesTheOthersOut() throws IOException {
    CommandRun run =
        CommandRun.of(
            "prices",
            "import",
            "--from",
            "litellm",
            file("l.json", LITELLM),
            "--provider",
            "openai");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("model: gpt-4o").doesNotContain("azure");
    assertThat(run.err()).endsWith("1 row imported; 0 errors, 0 warnings, 0 notes\n");
    CommandRun none =
        CommandRun.of(
            "prices",
            "import",
            "--from",
            "litellm",
            file("l.json", LITELLM),
            "--provider",
            "nobody");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("no usable row of nobody");
  }

  @Test
  void imported_reportAsJson_needsAFileForTheList() throws IOException {
    String list = file("l.json", LITELLM);

    assertThat(CommandRun.of("prices", "import", "--from", "litellm", list, "--json").exitCode())
        .isEqualTo(2);
    CommandRun run =
        CommandRun.of(
            "prices",
            "import",
            "--from",
            "litellm",
            list,
            "--json",
            "--output",
            directory.resolve("out.yaml").toString());
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.get("rows").intValue()).isEqualTo(4);
    assertThat(report.get("findings")).hasSize(3);
  }

  @Test
  void list_showsAFileOrTheBundledPrices_asTableJsonAndYaml() throws IOException {
    String good = file("good.yaml", GOOD);

    assertThat(CommandRun.of("prices", "list", good).out())
        .isEqualTo(
            """
            PROVIDER  MODEL  INPUT  CACHE READ  CACHE WRITE  OUTPUT  FROM  FOR  ALSO
            acme      big     1.00                             4.00
            1 row
            """);
    assertThat(CommandRun.of("prices", "list", "--bundled", "--provider", "mistral").out())
        .contains("mistral-large-3")
        .doesNotContain("openai");
    assertThat(CommandRun.of("prices", "list", "--yaml", good).out())
        .contains("input_tokens: 1.00");
    JsonNode prices =
        new ObjectMapper().readTree(CommandRun.of("prices", "list", "--json", good).out());
    assertThat(prices.get("prices").get(0).get("key").textValue()).isEqualTo("acme|big|always");
    assertThat(prices.get("prices").get(0).get("prices").get(1).get("unit_price_usd").textValue())
        .isEqualTo("0.000004");
    assertThat(CommandRun.of("prices", "list").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("prices", "list", "--bundled", good).exitCode()).isEqualTo(2);
  }

  @Test
  void publish_ofAListThatIsNotRight_publishesNothing() throws IOException {
    CommandRun bad = CommandRun.of("prices", "publish", "--dry-run", file("bad.yaml", BAD));
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.err())
        .contains("acme big", "nothing published: 1 error")
        .contains("mend the errors");
    String odd = file("odd.yaml", ODD);
    CommandRun warned = CommandRun.of("prices", "publish", "--dry-run", odd);
    assertThat(warned.exitCode()).isEqualTo(1);
    assertThat(warned.err()).contains("--allow-warnings publishes all the same");
    CommandRun allowed = CommandRun.of("prices", "publish", "--dry-run", "--allow-warnings", odd);
    assertThat(allowed.exitCode()).isZero();
    assertThat(allowed.out()).isEqualTo("1 row would be published to the price table\n");
    assertThat(CommandRun.of("prices", "publish", odd).exitCode()).isEqualTo(2);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
