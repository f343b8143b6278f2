package io.tokenmeter.usagefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageJsonReaderTest {

  private static final String REQUIRED =
      "\"event_id\":\"e1\",\"occurred_at\":\"2026-01-15T10:00:00Z\","
          + "\"provider\":\"openai\",\"model\":\"gpt-4o\"";

  @Test
  void everyField_isRead() throws Exception {
    UsageEvent event =
        UsageJsonReader.parse(
            """
            {"event_id":"e1","occurred_at":"2026-01-15T10:00:00.123456Z","provider":"openai",
             "model":"gpt-4o","requested_model":"gpt-4o-latest","operation":"chat",
             "service_tier":"batch","region":"eu","api_key_id":"key-1","project":"p","team":"t",
             "user_id":"u","customer_id":"c","environment":"production","workflow":"w",
             "run_id":"r","step_id":"s2","parent_step_id":"s1","step_name":"plan","agent":"a",
             "attempt":2,"retry_of":"e0","cost_role":"ROLLUP","outcome":"resolved",
             "status":"ERROR","error_type":"timeout","latency_ms":1200,
             "time_to_first_token_ms":300,"max_output_tokens":4096,"usage_source":"PARTIAL",
             "input_tokens":1000,"cache_read_tokens":400,"cache_write_tokens":100,
             "cache_write_1h_tokens":50,"output_tokens":200,"reasoning_tokens":20,
             "extra_units":{"audio_seconds":12.34,"web_searches":3},
             "provider_reported_cost_usd":0.000123456789,"tags":{"tier":"gold"}}
            """
                .replace("\n", " "));

    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-01-15T10:00:00.123456Z"));
    assertThat(event.getCostRole()).isEqualTo(CostRole.ROLLUP);
    assertThat(event.getStatus()).isEqualTo(RequestStatus.ERROR);
    assertThat(event.getUsageSource()).isEqualTo(UsageSource.PARTIAL);
    assertThat(event.getAttempt()).isEqualTo(2);
    assertThat(event.getCacheWrite1hTokens()).isEqualTo(50L);
    assertThat(event.getExtraUnits())
        .isEqualTo(
            Map.of(
                "audio_seconds", new BigDecimal("12.340000"),
                "web_searches", new BigDecimal("3.000000")));
    assertThat(event.getProviderReportedCostUsd()).isEqualTo(new BigDecimal("0.000123456789"));
    assertThat(event.getTags()).isEqualTo(Map.of("tier", "gold"));
    for (var field : UsageEvent.getClassSchema().getFields()) {
      assertThat(event.get(field.pos())).as(field.name()).isNotNull();
    }
  }

  @Test
  void requiredFieldsAlone_leaveCountsAbsentAndEnumsAtTheirDefaults() throws Exception {
    UsageEvent event = UsageJsonReader.parse("{" + REQUIRED + "}");

    assertThat(event.getInputTokens()).isNull();
    assertThat(event.getExtraUnits()).isNull();
    assertThat(event.getCostRole()).isEqualTo(CostRole.LEAF);
    assertThat(event.getStatus()).isEqualTo(RequestStatus.OK);
    assertThat(event.getUsageSource()).isEqualTo(UsageSource.PROVIDER);
  }

  @Test
  void nullValue_isTheSameAsAbsent() throws Exception {
    assertThat(
            UsageJsonReader.parse("{" + REQUIRED + ",\"input_tokens\":null,\"status\":null}")
                .getInputTokens())
        .isNull();
    assertProblem("{\"event_id\":null}", "required field 'event_id' is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-15T11:00:00+01:00,      2026-01-15T10:00:00Z",
    "2026-01-15T11:00:00+0100,       2026-01-15T10:00:00Z",
    "2026-01-15T11:00:00+01,         2026-01-15T10:00:00Z",
    "2026-01-15t05:30:00-04:30,      2026-01-15T10:00:00Z",
    "2026-01-15T10:00Z,              2026-01-15T10:00:00Z",
    "2026-01-15T10:00:00.1Z,         2026-01-15T10:00:00.1Z",
    "2026-01-15T10:00:00.123456789Z, 2026-01-15T10:00:00.123456Z",
    "1969-12-31T23:59:59.9999999Z,   1969-12-31T23:59:59.999999Z",
    "2026-01-01T00:30:00+01:00,      2025-12-31T23:30:00Z"
  })
  void time_isReadWithAnyOffsetAndCutOffToMicroseconds(String written, String instant)
      throws Exception {
    UsageEvent event =
        UsageJsonReader.parse("{" + REQUIRED.replace("2026-01-15T10:00:00Z", written) + "}");

    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-15T10:00:00 | occurred_at: has no offset; add Z or one such as +01:00",
        "2026-01-15          | occurred_at: expected a time such as 2026-01-15T10:00:00Z, found '2026-01-15'",
        "2026-02-30T10:00:00Z| occurred_at: expected a time such as 2026-01-15T10:00:00Z, found '2026-02-30T10:00:00Z'",
        "+99999-01-01T00:00:00Z| occurred_at: year 99999 is out of range",
        "1768471200          | occurred_at: expected a time such as 2026-01-15T10:00:00Z, found '1768471200'"
      })
  void badTime_isNamed(String written, String problem) {
    assertProblem("{" + REQUIRED.replace("2026-01-15T10:00:00Z", written) + "}", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"input_tokens\":1.5     | input_tokens: expected a whole number, found 1.5",
        "\"input_tokens\":1.0     | input_tokens: expected a whole number, found 1.0",
        "\"input_tokens\":1e3     | input_tokens: expected a whole number, found 1e3",
        "\"input_tokens\":\"12\"  | input_tokens: expected a whole number, found the string '12'",
        "\"input_tokens\":true    | input_tokens: expected a whole number, found true",
        "\"input_tokens\":[1]     | input_tokens: expected a whole number, found an array",
        "\"input_tokens\":9223372036854775808 | input_tokens: number out of range: '9223372036854775808'",
        "\"attempt\":2147483648   | attempt: number out of range: '2147483648'",
        "\"team\":7               | team: expected a string, found 7",
        "\"status\":\"ok\"        | status: expected one of OK, ERROR, ABORTED, found 'ok'",
        "\"tags\":{\"a\":1}       | tags: 'a': expected a string, found 1",
        "\"tags\":[]              | tags: expected an object, found an array",
        "\"extra_units\":{\"images\":\"1\"} | extra_units: 'images': expected a number, found the string '1'",
        "\"extra_units\":{\"images\":null} | extra_units: 'images': expected a number, found null",
        "\"extra_units\":{\"gpu_seconds\":0.0000001} | extra_units: 'gpu_seconds': more than 6 decimals: '0.0000001'",
        "\"extra_units\":{\"images\":1e12} | extra_units: 'images': number out of range: '1e12'",
        "\"extra_units\":{\"images\":1e999999999} | extra_units: 'images': number out of range: '1e999999999'",
        "\"extra_units\":{\"images\":1e99999999999999999999} | extra_units: 'images': number out of range: '1e99999999999999999999'",
        "\"provider_reported_cost_usd\":1e-13 | provider_reported_cost_usd: more than 12 decimals: '1e-13'",
        "\"inputTokens\":1        | unknown field 'inputTokens'; did you mean 'input_tokens'?",
        "\"prompt\":\"secret\"    | unknown field 'prompt'"
      })
  void badField_isNamedWithWhatWasExpected(String field, String problem) {
    assertProblem("{" + REQUIRED + "," + field + "}", problem);
  }

  @Test
  void quantities_areExactWhateverTheNotation() throws Exception {
    UsageEvent event =
        UsageJsonReader.parse(
            "{"
                + REQUIRED
                + ",\"extra_units\":{\"a\":0.1,\"b\":1e-6,\"c\":1.500000000,\"d\":12e10,\"e\":-1}}");

    assertThat(event.getExtraUnits())
        .isEqualTo(
            Map.of(
                "a", new BigDecimal("0.100000"),
                "b", new BigDecimal("0.000001"),
                "c", new BigDecimal("1.500000"),
                "d", new BigDecimal("120000000000.000000"),
                "e", new BigDecimal("-1.000000")));
  }

  @Test
  void notOneObject_isAnError() {
    assertProblem("[]", "not a JSON object");
    assertProblem("{} {}", "required field 'event_id' is missing");
    assertProblem("{" + REQUIRED + "} {}", "more than one JSON value on the line");
    assertProblem(
        "{" + REQUIRED + ",\"model\":\"x\"}",
        "not valid JSON at column 99: Duplicate field 'model'");
    assertProblem(
        "{" + REQUIRED,
        "not valid JSON at column 91: Unexpected end-of-input: expected close marker for Object");
    assertThatThrownBy(() -> UsageJsonReader.parse("nonsense"))
        .hasMessageStartingWith("not valid JSON at column 1: Unrecognized token 'nonsense'");
  }

  @Test
  void file_isReadPastBadLinesWithTheirNumbers() throws Exception {
    String text =
        "\uFEFF{"
            + REQUIRED
            + "}\r\n\r\n   \n{\"model\":1}\n{"
            + REQUIRED.replace("e1", "e2")
            + "}";

    List<UsageLine> lines = read(text.getBytes(StandardCharsets.UTF_8));

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).number()).isEqualTo(1);
    assertThat(lines.get(1))
        .isEqualTo(new UsageLine.Unreadable(4, "model: expected a string, found 1"));
    assertThat(lines.get(2))
        .isInstanceOfSatisfying(
            UsageLine.Event.class,
            line -> {
              assertThat(line.number()).isEqualTo(5);
              assertThat(line.event().getEventId()).isEqualTo("e2");
            });
  }

  @Test
  void bytesThatAreNotText_areAnErrorOfTheirLineOnly() throws Exception {
    byte[] latin1 = "{\"team\":\"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] good = ("{" + REQUIRED + "}\n").getBytes(StandardCharsets.UTF_8);
    byte[] both = new byte[latin1.length + good.length];
    System.arraycopy(latin1, 0, both, 0, latin1.length);
    System.arraycopy(good, 0, both, latin1.length, good.length);

    List<UsageLine> lines = read(both);

    assertThat(lines.get(0)).isEqualTo(new UsageLine.Unreadable(1, "not UTF-8 text"));
    assertThat(lines.get(1)).isInstanceOf(UsageLine.Event.class);
  }

  @Test
  void lineOverTheBound_isAnErrorOfItsLineOnly() throws Exception {
    String huge = "x".repeat(TextLines.MAX_LINE_BYTES + 1) + "\n{" + REQUIRED + "}";

    List<UsageLine> lines = read(huge.getBytes(StandardCharsets.UTF_8));

    assertThat(lines.get(0)).isEqualTo(new UsageLine.Unreadable(1, "longer than 1048576 bytes"));
    assertThat(lines.get(1)).isInstanceOf(UsageLine.Event.class);
  }

  @Test
  void emptyFile_hasNoLines() throws Exception {
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void writtenEvent_isReadBackEqual() throws Exception {
    UsageEvent event =
        UsageJsonReader.parse(
            "{"
                + REQUIRED
                + ",\"status\":\"ERROR\",\"input_tokens\":0,\"extra_units\":{\"audio_seconds\":12.34},"
                + "\"provider_reported_cost_usd\":1e-12,\"tags\":{\"a\":\"\\\"quoted\\\"\"}}");

    String line = UsageJsonWriter.write(event);

    assertThat(line).doesNotContain("\n").contains("\"provider_reported_cost_usd\":0.000000000001");
    assertThat(UsageJsonReader.parse(line)).isEqualTo(event);
  }

  private static void assertProblem(String json, String problem) {
    assertThatThrownBy(() -> UsageJsonReader.parse(json))
        .isInstanceOf(UnreadableUsageException.class)
        .hasMessage(problem);
  }

  private static List<UsageLine> read(byte[] bytes) throws IOException {
    List<UsageLine> lines = new ArrayList<>();
    try (UsageJsonReader reader = new UsageJsonReader(new ByteArrayInputStream(bytes))) {
      for (UsageLine line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
