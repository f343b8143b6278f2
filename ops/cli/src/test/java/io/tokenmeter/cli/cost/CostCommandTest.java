package io.tokenmeter.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostCommandTest {
  private static final String PRICES =
      """
      source: https://example.com
      prices:
        - provider: openai
          model: gpt-4o
          effective_from: 2024-10-01
          usd_per_million: {input_tokens: 2.50, cache_read_tokens: 1.25, output_tokens: 10}
          usd_per_unit: {web_searches: 0.01}
          service_tiers:
            batch: {usd_per_million: {input_tokens: 1.25, output_tokens: 5}}
          context_tiers:
            - above_input_tokens: 200000
              usd_per_million: {input_tokens: 5, cache_read_tokens: 2.50, output_tokens: 15}
          windows:
            - {name: night, from: "22:00", to: "06:00", zone: UTC, usd_per_million: {input_tokens: 1}}
        - provider: asr
          model: tiny
          usd_per_unit: {audio_seconds: 0.000123456789, requests: 0.001}
      """;

  @TempDir Path directory;
  private Path prices;

  @BeforeEach
  void writePrices() throws IOException {
    prices = Files.writeString(directory.resolve("prices.yaml"), PRICES);
  }

  @Test
  void event_isPricedLineByLineWithItsRow() throws IOException {
    CommandRun run =
        cost(
            event(
                "\"input_tokens\":1000,\"cache_read_tokens\":100,\"output_tokens\":200,\"extra_units\":{\"web_searches\":3}"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "{\"event_id\":\"e1\",\"pricing_status\":\"PRICED\",\"cost_usd\":\"0.034375\","
                + "\"input_cost_usd\":\"0.002375\",\"output_cost_usd\":\"0.002\",\"lines\":["
                + "{\"unit\":\"input_tokens\",\"quantity\":\"900\",\"unit_price_usd\":\"0.0000025\",\"cost_usd\":\"0.00225\"},"
                + "{\"unit\":\"cache_read_tokens\",\"quantity\":\"100\",\"unit_price_usd\":\"0.00000125\",\"cost_usd\":\"0.000125\"},"
                + "{\"unit\":\"output_tokens\",\"quantity\":\"200\",\"unit_price_usd\":\"0.00001\",\"cost_usd\":\"0.002\"},"
                + "{\"unit\":\"web_searches\",\"quantity\":\"3\",\"unit_price_usd\":\"0.01\",\"cost_usd\":\"0.03\"}],"
                + "\"price\":{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"effective_from\":\"2024-10-01T00:00:00Z\","
                + "\"region\":null,\"project\":null,\"team\":null,\"service_tier\":\"standard\","
                + "\"context_threshold\":null,\"time_window\":null,\"source\":\"https://example.com\"},"
                + "\"fallbacks\":[]}\n");
    assertThat(run.err().strip()).isEqualTo("1 event, 0 unpriced, 0 bad lines, 0.034375 USD");
  }

  @Test
  void price_namesTierThresholdAndWindow_andFallbacksSayWhatWasMissing() throws IOException {
    CommandRun run =
        cost(
            """
            {"event_id":"a","occurred_at":"2026-05-01T23:00:00+00:00","provider":"openai","model":"GPT-4o","service_tier":"batch","input_tokens":200001,"cache_read_tokens":1,"output_tokens":10,"reasoning_tokens":4}
            {"event_id":"b","occurred_at":"2026-05-01T23:00:00Z","provider":"openai","model":"gpt-4o","input_tokens":200001}
            """);

    assertThat(run.out().lines().toList().get(0))
        .contains("\"pricing_status\":\"FALLBACK\"", "\"service_tier\":\"batch\"")
        .contains(
            "\"fallbacks\":[\"cache_read_tokens -> standard cache_read_tokens\",\"output_reasoning_tokens -> output_tokens\"]");
    assertThat(run.out().lines().toList().get(1))
        .contains("\"time_window\":\"night\"", "\"unit_price_usd\":\"0.000001\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "provider":"openai","model":"gpt-9","input_tokens":1     | UNKNOWN_MODEL
          "provider":"azure","model":"gpt-4o","input_tokens":1     | UNKNOWN_MODEL
          "provider":"openai","model":"gpt-4o","occurred_at":"2024-09-30T23:59:59.999999Z","input_tokens":1 | NOT_EFFECTIVE
          "provider":"asr","model":"tiny","input_tokens":1         | UNIT_NOT_PRICED: input_tokens
          """)
  void eventWithoutAPrice_hasNoCostAndSaysWhy(String fields, String reason) throws IOException {
    String at = fields.contains("occurred_at") ? "" : "\"occurred_at\":\"2026-05-01T12:00:00Z\",";

    CommandRun run = cost("{\"event_id\":\"e1\"," + at + fields + "}");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(
            "{\"event_id\":\"e1\",\"pricing_status\":\"UNPRICED\",\"cost_usd\":null,"
                + "\"input_cost_usd\":null,\"output_cost_usd\":null,\"lines\":[],\"price\":")
        .endsWith("\"fallbacks\":[],\"reason\":\"" + reason + "\"}\n");
  }

  @Test
  void decimals_arePlainAndExact() throws IOException {
    CommandRun run =
        cost(
            """
            {"event_id":"e1","occurred_at":"2026-05-01T12:00:00Z","provider":"asr","model":"tiny","extra_units":{"audio_seconds":12.34}}
            {"event_id":"e2","occurred_at":"2026-05-01T12:00:00Z","provider":"asr","model":"tiny","extra_units":{"requests":2}}
            """);

    assertThat(run.out())
        .contains(
            "{\"unit\":\"audio_seconds\",\"quantity\":\"12.34\",\"unit_price_usd\":\"0.000123456789\",\"cost_usd\":\"0.001523456776\"}")
        .contains("\"cost_usd\":\"0.002523456776\"", "\"cost_usd\":\"0.002\"")
        .doesNotContain("E-");
  }

  @Test
  void badLines_areReportedWithTheirNumber_andTheRestGoesOn() throws IOException {
    CommandRun run =
        cost(
            "not json\n\n"
                + event("\"input_tokens\":10,\"cache_read_tokens\":11")
                + "\n"
                + event("\"input_tokens\":-1")
                + "\n"
                + event("\"inputTokens\":1")
                + "\n"
                + event("\"input_tokens\":4"));

    assertThat(run.exitCode()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).startsWith("{\"line\":1,\"error\":\"not valid JSON");
    assertThat(lines.get(1)).startsWith("{\"line\":3,\"error\":").contains("add up to 11");
    assertThat(lines.get(2)).startsWith("{\"line\":4,\"error\":").contains("input_tokens");
    assertThat(lines.get(3))
        .startsWith("{\"line\":5,\"error\":")
        .contains("did you mean 'input_tokens'");
    assertThat(lines.get(4)).contains("\"cost_usd\":\"0.00001\"");
    assertThat(run.err()).contains("1 event, 0 unpriced, 4 bad lines");
  }

  @Test
  void rollupSpan_hasNoCost_andTheFutureCanBePriced() throws IOException {
    CommandRun run =
        cost(
            """
            {"event_id":"e1","occurred_at":"2026-05-01T12:00:00Z","provider":"openai","model":"gpt-4o","cost_role":"ROLLUP","input_tokens":1}
            {"event_id":"e2","occurred_at":"2199-05-01T12:00:00Z","provider":"openai","model":"gpt-4o","input_tokens":1}
            """);

    assertThat(run.out().lines().toList().get(0)).contains("\"cost_usd\":null", "\"lines\":[]");
    assertThat(run.out().lines().toList().get(1)).contains("\"cost_usd\":\"0.0000025\"");
  }

  @Test
  void publicLists_priceToo() throws IOException {
    Path genai =
        Files.writeString(
            directory.resolve("genai.json"),
            """
            [{"id":"openai","models":[{"id":"gpt-4o","match":{"equals":"gpt-4o"},"prices":{"input_mtok":2.5,"output_mtok":10}}]}]
            """);
    Path litellm =
        Files.writeString(
            directory.resolve("litellm.json"),
            """
            {"gpt-4o":{"litellm_provider":"openai","input_cost_per_token":2.5e-06,"output_cost_per_token":1e-05}}
            """);
    String usage = write(event("\"input_tokens\":1000,\"output_tokens\":200"));

    for (List<String> list :
        List.of(
            List.of(genai.toString(), "genai-prices"), List.of(litellm.toString(), "litellm"))) {
      CommandRun run =
          CommandRun.of(
              "cost", "--prices", list.get(0), "--prices-format", list.get(1), "--usage", usage);

      assertThat(run.out()).contains("\"cost_usd\":\"0.0045\"");
    }
  }

  @Test
  void standardInput_isReadForADash() throws IOException {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(event("\"input_tokens\":4").getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(CommandRun.of("cost", "--prices", prices.toString(), "--usage", "-").out())
          .contains("\"cost_usd\":\"0.00001\"");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void listWithBadRows_pricesWithTheOthers_andSaysSo() throws IOException {
    Files.writeString(prices, PRICES + "  - provider: x\n");

    CommandRun run = cost(event("\"input_tokens\":4"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("rows with errors are left out", "tokenmeter prices check");
    assertThat(run.out()).contains("\"cost_usd\":\"0.00001\"");
  }

  @Test
  void wrongFiles_areAnError_wrongUsageIsTwo() throws IOException {
    String usage = write(event("\"input_tokens\":4"));

    CommandRun noPrices = CommandRun.of("cost", "--prices", "nowhere.yaml", "--usage", usage);
    assertThat(noPrices.exitCode()).isEqualTo(1);
    assertThat(noPrices.err()).isEqualToIgnoringNewLines("tokenmeter: no such file: nowhere.yaml");
    assertThat(noPrices.out()).isEmpty();
    CommandRun wrongFormat = CommandRun.of("cost", "--prices", usage, "--usage", usage);
    assertThat(wrongFormat.exitCode()).isEqualTo(1);
    assertThat(wrongFormat.err()).contains("line 1: no price list of the format tokenmeter");
    assertThat(CommandRun.of("cost", "--prices", prices.toString(), "--usage", "gone").exitCode())
        .isEqualTo(1);
    assertThat(CommandRun.of("cost", "--usage", usage).exitCode()).isEqualTo(2);
    assertThat(
            CommandRun.of("cost", "--prices", usage, "--prices-format", "excel", "--usage", usage)
                .exitCode())
        .isEqualTo(2);
  }

  @Test
  void output_isWrittenBeforeMoreInputIsWaitedFor() throws IOException {
    List<String> log = new ArrayList<>();
    InputStream slow =
        new InputStream() {
          private int left = 2;

          @Override
          public int available() {
            return left == 2 ? 1 : 0;
          }

          @Override
          public int read() {
            log.add("read");
            return left-- > 0 ? 'x' : -1;
          }
        };

    try (InputStream in = new FlushBeforeWaiting(slow, () -> log.add("flush"))) {
      assertThat(in.read()).isEqualTo('x');
      assertThat(in.read()).isEqualTo('x');
    }

    assertThat(log).containsExactly("read", "flush", "read");
  }

  private CommandRun cost(String usage) throws IOException {
    return CommandRun.of("cost", "--prices", prices.toString(), "--usage", write(usage));
  }

  private String write(String usage) throws IOException {
    return Files.writeString(directory.resolve("usage.jsonl"), usage).toString();
  }

  private static String event(String fields) {
    return "{\"event_id\":\"e1\",\"occurred_at\":\"2026-05-01T12:00:00Z\",\"provider\":\"openai\",\"model\":\"gpt-4o\","
        + fields
        + "}";
  }
}
