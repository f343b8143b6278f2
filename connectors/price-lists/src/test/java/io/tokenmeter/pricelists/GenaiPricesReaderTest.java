package io.tokenmeter.pricelists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenaiPricesReaderTest {
  private static final Map<String, Long> MILLION_IN = Map.of("input_tokens", 1_000_000L);

  @Test
  void oneModel_becomesOneRow() {
    PriceList list =
        Lists.genai(
            """
            [{"id": "openai", "pricing_urls": ["https://example.com/pricing"],
              "models": [{"id": "gpt-4o", "match": {"or": [{"equals": "gpt-4o"}, {"starts_with": "gpt-4o-2024"}]},
                "prices": {"input_mtok": 2.5, "cache_read_mtok": 1.25, "output_mtok": 10,
                           "requests_kcount": 12, "web_searches_kcount": 10}}]}]
            """);

    assertThat(list.findings()).isEmpty();
    assertThat(list.priceRows())
        .containsExactly(
            PriceRow.of("openai", "gpt-4o")
                .pattern(ModelPattern.startsWith("gpt-4o-2024"))
                .price(UnitPrice.perMillion("input_tokens", "2.5"))
                .price(UnitPrice.perMillion("cache_read_tokens", "1.25"))
                .price(UnitPrice.perMillion("output_tokens", "10"))
                .price(UnitPrice.each("requests", "0.012"))
                .price(UnitPrice.each("web_searches", "0.01"))
                .source("https://example.com/pricing")
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "input_mchars,              input_characters,               1_000_000",
    "input_gpixels,             input_pixels,                   1_000_000_000",
    "audio_hours,               audio_seconds,                  3_600",
    "input_document_kpages,     input_document_pages,           1_000",
    "rerank_searches_kcount,    rerank_searches,                1_000",
    "cache_audio_read_mtok,     cache_audio_read_tokens,        1_000_000",
    "output_image_mtok,         output_image_tokens,            1_000_000"
  })
  void priceKeys_areBroughtToOneUnit(String key, String unit, String per) {
    long units = Long.parseLong(per.replace("_", ""));
    PriceList list = model("\"prices\": {\"" + key + "\": 3.6, \"input_mtok\": 0}");

    assertThat(list.priceRows().get(0).prices())
        .contains(new UnitPrice("standard", unit, 3_600_000_000_000L / units, java.util.List.of()));
  }

  @Test
  void unknownPriceKey_isReportedAndTheRestIsKept() {
    PriceList list = model("\"prices\": {\"input_furlongs\": 1, \"input_mtok\": 2}");

    assertThat(Lists.findings(list)).containsExactly("WARNING unknown-unit p m");
    assertThat(Lists.cost(list, "p", "m", MILLION_IN)).isEqualTo("2");
  }

  @Test
  void tiers_areCliffsChosenByTotalInputStrictlyAbove() {
    PriceList list =
        model(
            "\"prices\": {\"input_mtok\": {\"base\": 1, \"tiers\":"
                + " [{\"start\": 200000, \"price\": 2}, {\"start\": 500000, \"price\": 4}]}, \"output_mtok\": 8}");

    assertThat(Lists.cost(list, "p", "m", Map.of("input_tokens", 200_000L))).isEqualTo("0.2");
    assertThat(Lists.cost(list, "p", "m", Map.of("input_tokens", 200_001L))).isEqualTo("0.400002");
    assertThat(Lists.cost(list, "p", "m", Map.of("input_tokens", 600_000L))).isEqualTo("2.4");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01T00:00:00Z, 10",
    "2025-06-09T23:59:59.999999Z, 10",
    "2025-06-10T00:00:00Z, 2",
    "2025-06-10T01:00:00+02:00, 10",
    "2026-01-01T00:00:00Z, 1"
  })
  void startDates_makeRowsOfTheirOwn(String at, String cost) {
    PriceList list =
        model(
            """
            "prices": [{"prices": {"input_mtok": 10}},
                       {"constraint": {"start_date": "2025-06-10"}, "prices": {"input_mtok": 2}},
                       {"constraint": {"start_date": "2026-01-01"}, "prices": {"input_mtok": 1}}]""");

    String utc = java.time.OffsetDateTime.parse(at).toInstant().toString();
    assertThat(Lists.cost(list, Lists.event("p", "m", utc, MILLION_IN))).isEqualTo(cost);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:29:59Z, 1",
    "2026-01-01T00:30:00Z, 2",
    "2026-01-01T16:29:59Z, 2",
    "2026-01-01T16:30:00Z, 1"
  })
  void hours_areWindowsStartInclusiveEndExclusive(String at, String cost) {
    PriceList list =
        model(
            """
            "prices": [{"prices": {"input_mtok": 1}},
                       {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 2}}]""");

    assertThat(Lists.cost(list, Lists.event("p", "m", at, MILLION_IN))).isEqualTo(cost);
  }

  @Test
  void hoursWithAnOffset_areCountedInIt() {
    PriceList list =
        model(
            """
            "prices": [{"prices": {"input_mtok": 1}},
                       {"constraint": {"start_time": "00:30:00+08:00", "end_time": "00:30:00Z"}, "prices": {"input_mtok": 2}}]""");

    assertThat(at(list, "2026-01-01T16:29:00Z")).isEqualTo("1");
    assertThat(at(list, "2026-01-01T16:30:00Z")).isEqualTo("2");
    assertThat(at(list, "2026-01-02T00:29:00Z")).isEqualTo("2");
    assertThat(at(list, "2026-01-02T00:30:00Z")).isEqualTo("1");
  }

  @Test
  void lastMatchingEntryWins_soADateBehindHoursHidesThem() {
    PriceList list =
        model(
            """
            "prices": [{"prices": {"input_mtok": 1}},
                       {"constraint": {"start_time": "08:00:00Z", "end_time": "09:00:00Z"}, "prices": {"input_mtok": 2}},
                       {"constraint": {"start_date": "2026-01-01"}, "prices": {"input_mtok": 3}}]""");

    assertThat(at(list, "2025-06-01T08:30:00Z")).isEqualTo("2");
    assertThat(at(list, "2026-06-01T08:30:00Z")).isEqualTo("3");
  }

  @Test
  void lastMatchingEntryWins_soHoursBehindADateStayOpen() {
    PriceList list =
        model(
            """
            "prices": [{"constraint": {"start_date": "2026-01-01"}, "prices": {"input_mtok": 3}},
                       {"constraint": {"start_time": "08:00:00Z", "end_time": "10:00:00Z"}, "prices": {"input_mtok": 2}},
                       {"constraint": {"start_time": "09:00:00Z", "end_time": "11:00:00Z"}, "prices": {"input_mtok": 5}}]""");

    assertThat(at(list, "2026-06-01T08:30:00Z")).isEqualTo("2");
    assertThat(at(list, "2026-06-01T09:30:00Z")).isEqualTo("5");
    assertThat(at(list, "2026-06-01T12:00:00Z")).isEqualTo("3");
    // Before the date no entry holds, and the first one is taken.
    assertThat(at(list, "2025-06-01T12:00:00Z")).isEqualTo("3");
  }

  @Test
  void hoursReplaceAllPrices_soAUnitTheyLeaveOutCostsWhatItIsPartOf() {
    PriceList list =
        model(
            """
            "prices": [{"prices": {"input_mtok": 1, "cache_read_mtok": 0.1}},
                       {"constraint": {"start_time": "08:00:00Z", "end_time": "09:00:00Z"}, "prices": {"input_mtok": 2}}]""");

    Map<String, Long> cached = Map.of("input_tokens", 1_000_000L, "cache_read_tokens", 1_000_000L);
    assertThat(Lists.cost(list, Lists.event("p", "m", "2026-01-01T08:00:00Z", cached)))
        .isEqualTo("2");
    assertThat(Lists.cost(list, Lists.event("p", "m", "2026-01-01T09:00:00Z", cached)))
        .isEqualTo("0.1");
  }

  @Test
  void constraintOfAnotherKind_isAnError() {
    PriceList list =
        model(
            """
            "prices": [{"prices": {"input_mtok": 1}},
                       {"constraint": {"moon": "full"}, "prices": {"input_mtok": 2}}]""");

    assertThat(Lists.findings(list)).containsExactly("ERROR constraint p m");
    assertThat(at(list, "2026-01-01T08:00:00Z")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "grok-4, 1",
    "GROK-4, 1",
    "grok-4-mini, 1",
    "x/grok-4-fast/y, 1",
    "my-grok, 1",
    "grok-4.5-20260101, 1",
    "code-and-fast-42, 1",
    "code-and-slow-42, UNPRICED",
    "other, UNPRICED"
  })
  void matchLogic_isUnderstood(String model, String cost) {
    PriceList list =
        Lists.genai(
            """
            [{"id": "p", "models": [{"id": "g", "match": {"or": [
              {"equals": "grok-4"}, {"starts_with": "grok-4-"}, {"contains": "/Grok-4-fast/"}, {"ends_with": "-grok"},
              {"regex": "^grok-4\\\\.5-\\\\d{8}$"},
              {"and": [{"starts_with": "code-"}, {"or": [{"contains": "fast"}, {"equals": "x"}]}, {"ends_with": "42"}]}]},
              "prices": {"input_mtok": 1}}]}]
            """);

    assertThat(list.findings()).isEmpty();
    assertThat(Lists.cost(list, "p", model, MILLION_IN)).isEqualTo(cost);
  }

  @Test
  void firstModelOfTheListThatMatches_wins() {
    PriceList list =
        Lists.genai(
            """
            [{"id": "p", "models": [
              {"id": "a", "match": {"starts_with": "gpt-4"}, "prices": {"input_mtok": 1}},
              {"id": "b", "match": {"or": [{"starts_with": "gpt-4o-mini"}, {"equals": "mini"}]}, "prices": {"input_mtok": 2}}]}]
            """);

    assertThat(Lists.findings(list)).containsExactly("INFO shadowed p b");
    assertThat(Lists.cost(list, "p", "gpt-4o-mini-2024", MILLION_IN)).isEqualTo("1");
    assertThat(Lists.cost(list, "p", "mini", MILLION_IN)).isEqualTo("2");
  }

  @Test
  void modelWithoutPrices_isUnpricedNotFree() {
    PriceList list = model("\"prices\": {}");

    assertThat(list.rows()).isEmpty();
    assertThat(Lists.findings(list)).containsExactly("WARNING no-price p m");
    assertThat(Lists.cost(list, "p", "m", MILLION_IN)).isEqualTo("UNPRICED");
  }

  @Test
  void pricesThatEnd_leaveTheModelUnpriced() {
    PriceList list =
        model(
            """
            "prices": [{"prices": {"input_mtok": 1}},
                       {"constraint": {"start_date": "2026-01-01"}, "prices": {}}]""");

    assertThat(at(list, "2025-12-31T23:00:00Z")).isEqualTo("1");
    assertThat(at(list, "2026-01-01T00:00:00Z")).isEqualTo("UNPRICED");
  }

  @Test
  void providerMatch_givesNamesButNeverTakesAnotherProviderIn() {
    PriceList list =
        Lists.genai(
            """
            [{"id": "openai", "provider_match": {"contains": "openai"},
              "models": [{"id": "m", "match": {"equals": "m"}, "prices": {"input_mtok": 1}}]},
             {"id": "aws", "provider_match": {"or": [{"contains": "bedrock"}, {"contains": "amazon"}]},
              "models": [{"id": "m", "match": {"equals": "m"}, "prices": {"input_mtok": 2}}]},
             {"id": "hf_x", "provider_match": {"and": [{"contains": "hf"}, {"contains": "x"}]},
              "models": [{"id": "m", "match": {"equals": "m"}, "prices": {"input_mtok": 3}}]}]
            """);

    assertThat(Lists.cost(list, "openai", "m", MILLION_IN)).isEqualTo("1");
    assertThat(Lists.cost(list, "azure_openai", "m", MILLION_IN)).isEqualTo("UNPRICED");
    assertThat(Lists.cost(list, "bedrock", "m", MILLION_IN)).isEqualTo("2");
    assertThat(Lists.cost(list, "aws.bedrock", "m", MILLION_IN)).isEqualTo("2");
    assertThat(Lists.cost(list, "azure.ai.openai", "m", MILLION_IN)).isEqualTo("UNPRICED");
    assertThat(Lists.cost(list, "hf_x", "m", MILLION_IN)).isEqualTo("3");
    assertThat(Lists.findings(list)).containsExactly("INFO provider-match hf_x");
  }

  private static final String FALLBACKS =
      """
      [{"id": "openai", "pricing_urls": ["u"], "models": [
          {"id": "gpt-4o", "match": {"or": [{"equals": "gpt-4o"}, {"equals": "gpt-4o-2024"}]}, "prices": {"input_mtok": 1}},
          {"id": "o1", "match": {"equals": "o1"}, "prices": {"input_mtok": 5}},
          {"id": "free", "match": {"equals": "free"}, "prices": {}}]},
       {"id": "azure", "fallback_model_providers": ["openai", "nobody"], "models": [
          {"id": "o1", "match": {"equals": "o1"}, "prices": {"input_mtok": 7}}]}]
      """;

  @Test
  void azureIsNotOpenAi_soFallbackProvidersAreReportedOnly() {
    PriceList list = Lists.genai(FALLBACKS);

    assertThat(Lists.cost(list, "azure", "gpt-4o", MILLION_IN)).isEqualTo("UNPRICED");
    assertThat(Lists.cost(list, "azure", "o1", MILLION_IN)).isEqualTo("7");
    assertThat(Lists.findings(list)).contains("INFO provider-fallback azure");
  }

  @Test
  void fallbackProviders_onRequest_fillInWhatTheProviderDoesNotList() {
    PriceList list = Lists.read(FALLBACKS, PriceListFormat.GENAI_PRICES, new ReadOptions(true));

    assertThat(Lists.cost(list, "azure", "gpt-4o-2024", MILLION_IN)).isEqualTo("1");
    assertThat(Lists.cost(list, "azure", "o1", MILLION_IN)).isEqualTo("7");
    assertThat(list.priceRows())
        .filteredOn(row -> row.provider().equals("azure") && row.model().equals("gpt-4o"))
        .singleElement()
        .satisfies(row -> assertThat(row.source()).isEqualTo("u (prices of openai)"));
  }

  @Test
  void floatNoise_isRoundedAndReported() {
    PriceList list = model("\"prices\": {\"input_mtok\": 0.18000000000000002}");

    assertThat(list.priceRows().get(0).prices())
        .containsExactly(UnitPrice.perMillion("input_tokens", "0.18"));
    assertThat(Lists.findings(list)).containsExactly("INFO rounded p m");
  }

  @Test
  void brokenParts_doNotHideTheRest() {
    PriceList list =
        Lists.genai(
            """
            [7, {"id": "q"}, {"id": "p", "models": [
              {"name": "nameless"},
              {"id": "x", "match": {"nonsense": 1}, "prices": {"input_mtok": 1}},
              {"id": "y", "match": {"equals": "y"}, "prices": {"input_mtok": {"base": 1}}},
              {"id": "z", "match": {"equals": "z"}, "prices": "free"},
              {"id": "m", "match": {"equals": "m"}, "prices": {"input_mtok": 2}}]}]
            """);

    assertThat(Lists.cost(list, "p", "m", MILLION_IN)).isEqualTo("2");
    assertThat(Lists.cost(list, "p", "x", MILLION_IN)).isEqualTo("1");
    assertThat(Lists.findings(list))
        .containsExactlyInAnyOrder(
            "ERROR malformed ",
            "ERROR malformed q",
            "ERROR malformed p",
            "WARNING match p x",
            "ERROR malformed p y",
            "WARNING no-price p y",
            "ERROR malformed p z");
  }

  @Test
  void fileOfAnotherFormat_isRefused() {
    assertThatThrownBy(() -> Lists.genai("{\"gpt-4o\": {}}"))
        .hasMessageContaining("a list of providers expected, found a mapping");
  }

  private static String at(PriceList list, String instant) {
    return Lists.cost(list, Lists.event("p", "m", instant, MILLION_IN));
  }

  private static PriceList model(String prices) {
    return Lists.genai(
        "[{\"id\": \"p\", \"models\": [{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, "
            + prices
            + "}]}]");
  }
}
