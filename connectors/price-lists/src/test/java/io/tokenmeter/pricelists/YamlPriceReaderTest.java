package io.tokenmeter.pricelists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlPriceReaderTest {

  @Test
  void leastRow_hasTwoPricesAndHoldsAlways() {
    PriceList list =
        Lists.yaml(
            """
            prices:
              - provider: openai
                model: gpt-4o
                usd_per_million: {input_tokens: 2.50, output_tokens: 10}
            """);

    assertThat(list.findings()).isEmpty();
    assertThat(list.priceRows())
        .containsExactly(
            PriceRow.of("openai", "gpt-4o")
                .price(UnitPrice.perMillion("input_tokens", "2.50"))
                .price(UnitPrice.perMillion("output_tokens", "10"))
                .build());
    assertThat(list.rows().get(0).line()).isEqualTo(2);
  }

  @Test
  void everyKey_isRead() {
    PriceList list =
        Lists.yaml(
            """
            format: tokenmeter/1
            source: https://example.com/prices
            source_date: 2026-11-22
            prices:
              - provider: acme
                provider_aliases: [acme.cloud]
                model: big
                aliases: [big-latest]
                patterns:
                  - starts_with: big-2
                  - regex: ^BIG
                region: eu
                project: p1
                team: t1
                effective_from: 2026-03-13
                effective_to: 2026-04-01T00:00:00+02:00
                usd_per_million:
                  input_tokens: 1
                  reasoning_tokens: "4.5"
                usd_per_unit:
                  web_searches: 0.01
                service_tiers:
                  batch:
                    usd_per_million: {input_tokens: 0.5}
                context_tiers:
                  - above_input_tokens: 200000
                    usd_per_million: {input_tokens: 2}
                    service_tiers:
                      batch: {usd_per_million: {input_tokens: 1}}
                context_tiers_inclusive: true
                context_tiers_marginal: true
                windows:
                  - name: night
                    from: 22:00
                    to: "06:30"
                    zone: Asia/Shanghai
                    weekdays: [sat, sunday]
                    usd_per_million: {input_tokens: 0.1}
                region_multipliers: {us: 1.1}
                multipliers_cover_cache: false
                note: for people
            """);

    assertThat(list.findings()).isEmpty();
    assertThat(list.priceRows())
        .containsExactly(
            PriceRow.of("acme", "big")
                .providerAlias("acme.cloud")
                .pattern(ModelPattern.equalTo("big-latest"))
                .pattern(ModelPattern.startsWith("big-2"))
                .pattern(ModelPattern.regex("^BIG"))
                .region("eu")
                .project("p1")
                .team("t1")
                .effectiveFrom(Instant.parse("2026-03-13T00:00:00Z"))
                .effectiveTo(Instant.parse("2026-03-31T22:00:00Z"))
                .price(UnitPrice.perMillion("input_tokens", "1").above(200_000, "2"))
                .price(UnitPrice.perMillion("output_reasoning_tokens", "4.5"))
                .price(UnitPrice.each("web_searches", "0.01"))
                .price(UnitPrice.perMillion("input_tokens", "0.5").above(200_000, "1").at("batch"))
                .inclusiveThresholds(true)
                .marginalTiers(true)
                .window(
                    new TimeWindow(
                        "night",
                        "Asia/Shanghai",
                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(6, 30),
                        java.util.List.of(UnitPrice.perMillion("input_tokens", "0.1"))))
                .regionMultiplier("us", new BigDecimal("1.1"))
                .multipliersCoverCache(false)
                .source("https://example.com/prices (2026-11-22)")
                .build());
  }

  @Test
  void prices_areReadDigitByDigit() {
    PriceList list =
        Lists.yaml(row("usd_per_million: {input_tokens: 0.1, output_tokens: 0.000013}"));

    assertThat(list.priceRows().get(0).prices())
        .extracting(UnitPrice::picosPerUnit)
        .containsExactly(100_000L, 13L);
  }

  @Test
  void moreThanTwelveDecimalsAUnit_areRoundedHalfEvenAndReported() {
    PriceList list = Lists.yaml(row("usd_per_million: {input_tokens: 0.0000025}"));

    assertThat(list.priceRows().get(0).prices().get(0).picosPerUnit()).isEqualTo(2);
    assertThat(list.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(finding.message())
                  .isEqualTo(
                      "standard input_tokens: 0.0000025 has more than 12 decimals a unit,"
                          + " rounded half-even to 0.000000000002 USD a unit");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          usd_per_million: {input_token: 1}                 | unknown-unit  | 'input_token' is no token unit; did you mean 'input_tokens'?
          usd_per_unit: {input_tokens: 1}                   | unknown-unit  | tokens are priced under usd_per_million
          usd_per_million: {input_tokens: cheap}            | not-a-price   | 'cheap' is not a number
          usd_per_million: {input_tokens: -1}               | negative-price | a price is never negative: -1
          usd_per_million: {input_tokens: 1e999999999}      | not-a-price   | not a plausible price
          usd_per_million: {input_tokens: 1, input_tokens: 2} | duplicate-key | 'input_tokens' stands twice
          usd_per_million: {output_reasoning_tokens: 1, reasoning_tokens: 2} | priced-twice | has two prices
          usd_per_milion: {input_tokens: 1}                 | unknown-key   | unknown key 'usd_per_milion'
          region: eu                                        | no-price      | a row needs a price
          effective_from: yesterday                         | malformed     | 'yesterday' is neither a date
          patterns: [{begins: x}]                           | malformed     | unknown match clause 'begins'
          patterns: [{regex: '('}]                          | malformed     | not a regular expression
          windows: [{from: '1:00', to: '02:00', zone: UTC}] | malformed     | '1:00' is no time
          windows: [{from: '01:00', to: '02:00', zone: Mars}] | malformed   | 'Mars' is no time zone
          windows: [{from: '01:00', to: '02:00'}]           | missing-key   | a window needs 'zone'
          context_tiers: [{above_input_tokens: 5, usd_per_million: {input_tokens: 1}}] | no-base-price | no price below the first threshold
          context_tiers: [{above: 5}]                       | unknown-key   | unknown key 'above'
          region_multipliers: {us: 0}                       | malformed     | a factor above 0 expected
          """)
  void whatIsWrongWithARow_isSaidWithItsLine(String line, String reason, String message) {
    PriceList list = Lists.yaml(row(line));

    assertThat(list.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .anySatisfy(
            finding -> {
              assertThat(finding.reason()).isEqualTo(reason);
              assertThat(finding.message()).contains(message);
              assertThat(finding.line()).isBetween(2, 4);
            });
  }

  @Test
  void badRow_doesNotHideTheOthers_andEveryErrorIsFound() {
    PriceList list =
        Lists.yaml(
            """
            prices:
              - provider: a
                usd_per_million: {input_tokens: x, output_tokens: y}
              - just text
              - provider: b
                model: good
                usd_per_million: {input_tokens: 1}
            """);

    assertThat(list.priceRows()).extracting(PriceRow::model).containsExactly("good");
    assertThat(Lists.findings(list))
        .containsExactlyInAnyOrder(
            "ERROR missing-key a ?",
            "ERROR not-a-price a ?",
            "ERROR not-a-price a ?",
            "ERROR malformed ");
  }

  @Test
  void fileThatIsNoPriceList_isRefusedWithItsLine() {
    assertThatThrownBy(() -> Lists.yaml("- a\n- b\n"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("must be a mapping with the key 'prices'");
    assertThatThrownBy(() -> Lists.yaml("prices: [\n{a: b}\n"))
        .cause()
        .isInstanceOfSatisfying(
            UnreadableDocumentException.class, e -> assertThat(e.line()).isGreaterThan(1));
    assertThatThrownBy(() -> Lists.yaml("")).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> Lists.yaml("format: tokenmeter/9\nprices: []"))
        .hasMessageContaining("'tokenmeter/9' is not known");
    assertThatThrownBy(() -> Lists.yaml("a: &x 1\nprices: *x"))
        .hasMessageContaining("aliases (*name) are not supported");
  }

  @Test
  void exampleFile_isRightAndShowsEveryKey() throws Exception {
    Path example = Path.of("../../ops/prices/example.yaml");

    PriceList list = PriceLists.read(example, PriceListFormat.TOKENMETER, ReadOptions.DEFAULT);

    assertThat(PriceLists.check(list)).isEmpty();
    assertThat(list.rows()).hasSize(8);
    String text = java.nio.file.Files.readString(example);
    for (String key : RowReader.KEYS) {
      if (!key.equals("project")) {
        assertThat(text).contains(key + ":");
      }
    }
  }

  private static String row(String line) {
    return "prices:\n  - provider: acme\n    model: big\n    " + line + "\n";
  }
}
