package io.tokenmeter.pricelists;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.ContextTier;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlPriceWriterTest {

  @Test
  void row_isWrittenAsAPersonWouldWriteIt() {
    PriceRow row =
        PriceRow.of("anthropic", "claude-opus-4-6")
            .providerAlias("anthropic.eu")
            .pattern(ModelPattern.equalTo("anthropic/claude-opus-4-6"))
            .pattern(ModelPattern.startsWith("claude-opus-4-6-"))
            .region("us")
            .effectiveFrom(Instant.parse("2026-03-13T00:00:00Z"))
            .price(UnitPrice.perMillion("input_tokens", "5").above(200_000, "10"))
            .price(UnitPrice.perMillion("cache_read_tokens", "0.5"))
            .price(UnitPrice.each("web_searches", "0.01"))
            .price(UnitPrice.perMillion("input_tokens", "2.5").at("batch"))
            .regionMultiplier("us", new BigDecimal("1.1"))
            .source("https://example.com (2026-11-22)")
            .build();

    assertThat(Lists.written(List.of(row)))
        .isEqualTo(
            """
            format: tokenmeter/1

            prices:
              - provider: anthropic
                provider_aliases: [anthropic.eu]
                model: claude-opus-4-6
                aliases: [anthropic/claude-opus-4-6]
                patterns:
                  - starts_with: claude-opus-4-6-
                region: us
                effective_from: "2026-03-13"
                usd_per_million:
                  input_tokens: 5.00
                  cache_read_tokens: 0.50
                usd_per_unit:
                  web_searches: 0.01
                service_tiers:
                  batch:
                    usd_per_million:
                      input_tokens: 2.50
                context_tiers:
                  - above_input_tokens: 200000
                    usd_per_million:
                      input_tokens: 10.00
                region_multipliers:
                  us: 1.1
                source: https://example.com
                source_date: "2026-11-22"

            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4o",
        "1.5",
        "1e3",
        "yes",
        "null",
        "a: b",
        "a #b",
        "#x",
        "'q'",
        "\"",
        "\\",
        " lead",
        "x ",
        "[a, b]",
        "{a}",
        "*x",
        "&x",
        "!t",
        "%p",
        "@v",
        "`b",
        "?",
        "-",
        "- x",
        "12:30:45",
        "0x1f",
        "~",
        "2026-01-01",
        "ünïcode",
        "日本語",
        "a\tb",
        "line\nbreak",
        "emoji 🎉",
        "a:b",
        "a:",
        ":a",
        "\u0085",
        "anthropic.claude-v2:1",
        "https://example.com/a#b",
        "^gpt-\\d{4}$",
        "|",
        ">",
        "true",
        "=",
        "<<"
      })
  void anyText_isReadBackAsItself(String text) {
    PriceRow row =
        PriceRow.of(text, text)
            .providerAlias(text)
            .pattern(ModelPattern.equalTo(text))
            .pattern(ModelPattern.contains(text))
            .region(text)
            .price(UnitPrice.perMillion("input_tokens", "1").at(text))
            .price(UnitPrice.each("web_searches", "1"))
            .source(text)
            .build();

    PriceList back = Lists.yaml(Lists.written(List.of(row)));

    if (text.isBlank()) {
      return;
    }
    assertThat(back.findings()).isEmpty();
    assertThat(sorted(back.priceRows())).isEqualTo(sorted(List.of(row)));
  }

  @Test
  void anyRow_isReadBackTheSame() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      List<PriceRow> rows = List.of(randomRow(random), randomRow(random));

      PriceList back = Lists.yaml(Lists.written(rows));

      assertThat(back.findings()).as("seed %d, round %d: %s", seed, i, rows).isEmpty();
      assertThat(sorted(back.priceRows())).as("seed %d, round %d", seed, i).isEqualTo(sorted(rows));
    }
  }

  @Test
  void importedRows_areReadBackTheSame() {
    PriceList genai =
        Lists.genai(
            """
            [{"id": "p", "pricing_urls": ["https://example.com"], "provider_match": {"contains": "pp"}, "models": [
              {"id": "m:1", "match": {"or": [{"starts_with": "m"}, {"equals": "x y"}, {"regex": "^m\\\\d"}]},
               "prices": [{"prices": {"input_mtok": {"base": 1.1, "tiers": [{"start": 1000, "price": 2}]}, "requests_kcount": 5}},
                          {"constraint": {"start_time": "16:30:00Z", "end_time": "00:30:00Z"}, "prices": {"input_mtok": 0.5}},
                          {"constraint": {"start_date": "2026-01-01"}, "prices": {"input_mtok": 0.123456}}]}]}]
            """);
    PriceList litellm =
        Lists.litellm(
            """
            {"azure/eu/m": {"litellm_provider": "azure_text", "mode": "chat", "input_cost_per_token": 1.5e-06,
              "input_cost_per_token_above_128k_tokens": 3e-06, "input_cost_per_token_batches": 7.5e-07,
              "output_cost_per_image": 0.04, "provider_specific_entry": {"us": 1.1, "fast": 6.0},
              "source": "see (2026-01-01) there"}}
            """);

    for (PriceList list : List.of(genai, litellm)) {
      PriceList back = Lists.yaml(Lists.written(list.priceRows()));

      assertThat(back.findings()).isEmpty();
      assertThat(sorted(back.priceRows())).isEqualTo(sorted(list.priceRows()));
    }
  }

  private static PriceRow randomRow(Random random) {
    PriceRowBuilder row = PriceRow.of(text(random), text(random));
    for (int i = random.nextInt(3); i > 0; i--) {
      row.providerAlias(text(random)).pattern(ModelPattern.equalTo(text(random)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      row.pattern(
          random.nextBoolean()
              ? ModelPattern.endsWith(text(random))
              : ModelPattern.regex("a" + random.nextInt(9)));
    }
    row.region(orNull(random)).project(orNull(random)).team(orNull(random)).source(orNull(random));
    row.effectiveFrom(momentOrNull(random)).effectiveTo(momentOrNull(random));
    row.prices(prices(random, 1 + random.nextInt(8)));
    for (int i = random.nextInt(3); i > 0; i--) {
      row.window(
          new TimeWindow(
              text(random),
              random.nextBoolean() ? "UTC" : "+08:00",
              days(random),
              LocalTime.ofSecondOfDay(random.nextInt(86_400)),
              LocalTime.of(random.nextInt(24), random.nextInt(60)),
              prices(random, random.nextInt(3))));
    }
    if (random.nextInt(4) == 0) {
      row.inclusiveThresholds(true)
          .marginalTiers(random.nextBoolean())
          .multipliersCoverCache(random.nextBoolean())
          .regionMultiplier(
              text(random), BigDecimal.valueOf(1 + random.nextInt(999), 3).stripTrailingZeros());
    }
    return row.build();
  }

  private static List<UnitPrice> prices(Random random, int count) {
    Set<String> used = new TreeSet<>();
    List<UnitPrice> prices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String tier = List.of("standard", "batch", "flex", "odd tier").get(random.nextInt(4));
      String unit =
          random.nextInt(4) == 0
              ? List.of("web_searches", "requests", "gpu seconds").get(random.nextInt(3))
              : Unit.at(random.nextInt(Unit.COUNT)).wireName();
      if (used.add(tier + "|" + unit)) {
        List<ContextTier> tiers = new ArrayList<>();
        long threshold = 0;
        for (int t = random.nextInt(3); t > 0; t--) {
          threshold += 1 + random.nextInt(300_000);
          tiers.add(new ContextTier(threshold, picos(random)));
        }
        prices.add(new UnitPrice(tier, unit, picos(random), tiers));
      }
    }
    return prices;
  }

  private static long picos(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(10);
      case 2 -> random.nextInt(20_000) * 1000L;
      default -> random.nextLong(9_000_000_000_000_000_000L);
    };
  }

  private static Set<DayOfWeek> days(Random random) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (int i = random.nextInt(4); i > 0; i--) {
      days.add(DayOfWeek.of(1 + random.nextInt(7)));
    }
    return days;
  }

  private static String text(Random random) {
    String letters = "abcXYZ0189.-_/:@ #'\"\\,[]{}&*!|>%é";
    StringBuilder text = new StringBuilder("t");
    for (int i = random.nextInt(10); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static String orNull(Random random) {
    return random.nextInt(3) == 0 ? text(random) : null;
  }

  private static Instant momentOrNull(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Instant.parse("2026-03-13T00:00:00Z");
      case 1 -> Instant.ofEpochSecond(1_700_000_000L + random.nextInt(99_999_999));
      default -> null;
    };
  }

  /**
   * The order of the prices means nothing, the file groups them; names come first among patterns.
   */
  private static List<Object> sorted(List<PriceRow> rows) {
    return rows.stream()
        .<Object>map(
            row ->
                List.of(
                    row.toBuilder().build().key(),
                    row.providerAliases(),
                    Set.copyOf(row.patterns()),
                    String.valueOf(row.effectiveTo()),
                    Set.copyOf(row.prices()),
                    row.windows().stream()
                        .map(
                            window ->
                                List.of(
                                    window.name(),
                                    window.zone(),
                                    window.weekdays(),
                                    window.start(),
                                    window.end(),
                                    Set.copyOf(window.prices())))
                        .toList(),
                    row.inclusiveThresholds(),
                    row.marginalTiers(),
                    row.regionMultipliers(),
                    row.multipliersCoverCache(),
                    String.valueOf(row.source())))
        .toList();
  }
}
