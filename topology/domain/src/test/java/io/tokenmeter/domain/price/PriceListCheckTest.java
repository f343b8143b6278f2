package io.tokenmeter.domain.price;

import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.Finding.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriceListCheckTest {

  private static final Instant T0 = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant T1 = Instant.parse("2025-06-01T00:00:00Z");
  private static final Instant T2 = Instant.parse("2025-12-01T00:00:00Z");

  @Test
  void usualRow_hasNoFindings() {
    PriceRow row =
        plain()
            .price(perMillion("cache_read_tokens", "1.25"))
            .price(perMillion("input_tokens", "1.25").at("batch"))
            .price(perMillion("output_tokens", "5").at("batch"))
            .window(window("off-peak", "Z", "16:30", "00:30", perMillion("input_tokens", "1.60")))
            .build();
    assertThat(PriceListCheck.check(List.of(row))).isEmpty();
  }

  @Test
  void sameUnitPricedTwice_isAnError() {
    assertFinding(
        plain().price(perMillion("input_tokens", "3")),
        Severity.ERROR,
        "UNIT_PRICED_TWICE",
        "input_tokens at tier standard has two prices");
    assertFinding(
        plain()
            .price(perMillion("output_reasoning_tokens", "10"))
            .price(perMillion("reasoning_tokens", "10")),
        Severity.ERROR,
        "UNIT_PRICED_TWICE",
        "reasoning_tokens");
    assertFinding(
        plain().price(perMillion("input_tokens", "3").at("default")),
        Severity.ERROR,
        "UNIT_PRICED_TWICE",
        "tier default");
  }

  @Test
  void cacheReadDearerThanInput_isAnError() {
    assertFinding(
        plain().price(perMillion("cache_read_tokens", "2.51")),
        Severity.ERROR,
        "CACHE_READ_DEARER_THAN_INPUT",
        "cache_read_tokens is dearer than input_tokens");
    assertFinding(
        plain()
            .price(perMillion("cache_read_tokens", "1.25"))
            .price(perMillion("input_audio_tokens", "40"))
            .price(perMillion("cache_audio_read_tokens", "80")),
        Severity.ERROR,
        "CACHE_READ_DEARER_THAN_INPUT",
        "cache_audio_read_tokens is dearer than input_audio_tokens");
  }

  @Test
  void cachedAudio_isComparedWithAudioAndNotWithText() {
    PriceRow row =
        plain()
            .price(perMillion("cache_read_tokens", "1.25"))
            .price(perMillion("input_audio_tokens", "40"))
            .price(perMillion("cache_audio_read_tokens", "20"))
            .build();
    assertThat(PriceListCheck.check(List.of(row))).isEmpty();
  }

  @Test
  void unusualRatio_isAWarning() {
    assertUnusual(row().price(in("2.50")).price(out("0.010")), "output_tokens costs 0.004 times");
    assertUnusual(row().price(in("2.50")).price(out("1000")), "output_tokens costs 400.000 times");
    assertUnusual(plain().price(perMillion("cache_read_tokens", "0.001")), "cache_read_tokens");
    assertUnusual(plain().price(perMillion("cache_write_tokens", "25")), "cache_write_tokens");
    assertUnusual(
        plain().price(in("0.0125").at("batch")), "input_tokens at tier batch costs 0.005");
    assertUnusual(plain().price(in("125").at("priority")), "input_tokens at tier priority");
  }

  @Test
  void explicitZero_isNoUnusualRatio() {
    PriceRow row = row().price(in("0.02")).price(out("0")).build();
    assertThat(PriceListCheck.check(List.of(row))).isEmpty();
  }

  @Test
  void impossiblePrices_areErrors() {
    assertFinding(
        plain().price(perMillion("cache_read_tokens", "-1")),
        Severity.ERROR,
        "NEGATIVE_PRICE",
        "cache_read_tokens at tier standard costs -0.000001 USD a unit");
    assertFinding(
        plain().price(perMillion("input_text_tokns_tokens", "1")),
        Severity.ERROR,
        "UNKNOWN_UNIT",
        "input_text_tokns_tokens");
    assertFinding(
        row().price(in("1").above(200_000, "2").above(128_000, "3")),
        Severity.ERROR,
        "THRESHOLDS_NOT_ASCENDING",
        "128000 after 200000");
  }

  @Test
  void brokenWindows_areFound() {
    assertFinding(
        plain().window(window("night", "Asia/Nowhere", "00:00", "08:00", in("1"))),
        Severity.ERROR,
        "UNKNOWN_ZONE",
        "Window night is in the unknown time zone Asia/Nowhere");
    assertFinding(
        plain()
            .window(window("night", "Z", "22:00", "08:00", in("1")))
            .window(window("morning", "Asia/Shanghai", "15:30", "17:00", in("1.5"))),
        Severity.WARNING,
        "WINDOWS_OVERLAP",
        "Windows night and morning overlap");
    PriceRow disjoint =
        plain()
            .window(window("night", "Z", "22:00", "08:00", in("1")))
            .window(window("morning", "Asia/Shanghai", "16:00", "17:00", in("1.5")))
            .build();
    assertThat(PriceListCheck.check(List.of(disjoint))).isEmpty();
  }

  @Test
  void brokenRows_areFound() {
    assertFinding(
        plain().effectiveFrom(T1).effectiveTo(T0),
        Severity.ERROR,
        "NEVER_EFFECTIVE",
        "is not after");
    assertFinding(
        plain().pattern(ModelPattern.regex("(")),
        Severity.ERROR,
        "BAD_PATTERN",
        "does not compile");
    assertFinding(
        plain().pattern(ModelPattern.contains("")), Severity.ERROR, "BAD_PATTERN", "every model");
    assertFinding(
        plain().regionMultiplier("us", BigDecimal.ZERO), Severity.ERROR, "BAD_MULTIPLIER", "us");
    assertFinding(
        plain().regionMultiplier("us", BigDecimal.TEN),
        Severity.WARNING,
        "UNUSUAL_MULTIPLIER",
        "factor and not a percentage");
    assertFinding(row(), Severity.WARNING, "NOTHING_PRICED", "stay unpriced");
    assertFinding(
        PriceRow.of("openai", " ").price(in("1")), Severity.ERROR, "NAME_MISSING", "Name both");
  }

  @Test
  void whatIsLeftOut_isAWarning() {
    assertFinding(
        row().price(in("1").at("batch")),
        Severity.WARNING,
        "NO_STANDARD_PRICE",
        "input_tokens has a price at tier batch or in a window only");
    assertFinding(
        plain()
            .price(perMillion("cache_read_tokens", "1.25"))
            .price(perMillion("input_audio_tokens", "40")),
        Severity.WARNING,
        "COMMON_PART_NOT_PRICED",
        "cache_audio_read_tokens, which is part of both, has none and is billed as cache_read");
  }

  @Test
  void rangesThatOverlap_areErrors() {
    PriceRow first = plain().effectiveFrom(T0).effectiveTo(T2).build();
    PriceRow second = plain().effectiveFrom(T1).build();
    List<Finding> findings = PriceListCheck.check(List.of(first, second));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).code()).isEqualTo("RANGES_OVERLAP");
    assertThat(findings.get(0).row()).isEqualTo(second.key());
    assertThat(findings.get(0).message()).contains(first.key());
    assertThat(PriceListCheck.hasErrors(findings)).isTrue();
  }

  @Test
  void rowsThatFollowOneAnother_areFine() {
    PriceRow ended = plain().effectiveFrom(T0).effectiveTo(T1).build();
    PriceRow open = plain().effectiveFrom(T1).build();
    PriceRow later = plain().effectiveFrom(T2).build();
    PriceRow elsewhere = plain().effectiveFrom(T0).region("eu").build();
    assertThat(PriceListCheck.check(List.of(later, open, ended, elsewhere))).isEmpty();
  }

  @Test
  void timeThatNothingPrices_isAWarning() {
    PriceRow ended = plain().effectiveFrom(T0).effectiveTo(T1).build();
    PriceRow later = plain().effectiveFrom(T2).build();
    assertThat(PriceListCheck.check(List.of(ended, later)))
        .extracting(Finding::code)
        .containsExactly("RANGE_GAP");
    PriceRow always = plain().build();
    assertThat(PriceListCheck.check(List.of(always, ended, later))).isEmpty();
  }

  @Test
  void twoRowsWithOneKey_areAnError() {
    assertThat(PriceListCheck.check(List.of(plain().build(), plain().build())))
        .extracting(Finding::code)
        .containsExactly("ROW_TWICE");
  }

  @Test
  void nameClaimedByTwoModels_isAWarning() {
    PriceRow first = plain().pattern(ModelPattern.startsWith("gpt-4")).build();
    PriceRow second = plain().model("gpt-4.1").pattern(ModelPattern.startsWith("GPT-4")).build();
    assertThat(PriceListCheck.check(List.of(first, second)))
        .extracting(Finding::code)
        .containsExactly("NAME_CLAIMED_TWICE");
  }

  @Test
  void overrideThatLacksAUnit_isAWarning() {
    PriceRow list = plain().price(perMillion("cache_read_tokens", "1.25")).build();
    PriceRow override = plain().team("search").build();
    List<Finding> findings = PriceListCheck.check(List.of(list, override));
    assertThat(findings).extracting(Finding::code).containsExactly("OVERRIDE_LACKS_UNITS");
    assertThat(findings.get(0).message()).contains("no price for cache_read_tokens");
    assertThat(PriceListCheck.hasErrors(findings)).isFalse();
  }

  private static PriceRowBuilder row() {
    return PriceRow.of("openai", "gpt-4o");
  }

  private static PriceRowBuilder plain() {
    return row().price(in("2.50")).price(out("10"));
  }

  private static UnitPrice in(String dollars) {
    return perMillion("input_tokens", dollars);
  }

  private static UnitPrice out(String dollars) {
    return perMillion("output_tokens", dollars);
  }

  private static TimeWindow window(
      String name, String zone, String start, String end, UnitPrice price) {
    return new TimeWindow(
        name, zone, Set.of(), LocalTime.parse(start), LocalTime.parse(end), List.of(price));
  }

  private static void assertUnusual(PriceRowBuilder row, String message) {
    assertFinding(row, Severity.WARNING, "UNUSUAL_RATIO", message);
  }

  private static void assertFinding(
      PriceRowBuilder row, Severity severity, String code, String message) {
    List<Finding> findings = PriceListCheck.check(List.of(row.build()));
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.row()).isEqualTo(row.build().key());
              assertThat(finding.message()).contains(message);
            });
  }
}
