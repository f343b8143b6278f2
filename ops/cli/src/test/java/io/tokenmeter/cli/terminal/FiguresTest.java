package io.tokenmeter.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void counts_areGroupedOrShortened() {
    assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Figures.compact(999)).isEqualTo("999");
    assertThat(Figures.compact(1000)).isEqualTo("1.0k");
    assertThat(Figures.compact(12_345)).isEqualTo("12k");
    assertThat(Figures.compact(999_999)).isEqualTo("999k");
    assertThat(Figures.compact(1_250_000)).isEqualTo("1.2M");
    assertThat(Figures.compact(Long.MAX_VALUE)).isEqualTo("9223372T");
  }

  @Test
  void dollars_areCutOffNotRoundedUp() {
    assertThat(Figures.dollars(new BigDecimal("1234.5678999"), 4)).isEqualTo("$1,234.5678");
    assertThat(Figures.dollars(new BigDecimal("0.999"), 2)).isEqualTo("$0.99");
    assertThat(Figures.dollars(BigDecimal.ZERO, 2)).isEqualTo("$0.00");
    assertThat(Figures.dollars(new BigDecimal("-3542.4999"), 2)).isEqualTo("-$3,542.49");
    assertThat(Figures.dollars(new BigDecimal("-0.001"), 2)).isEqualTo("$0.00");
  }

  @Test
  void exactAmounts_keepEveryDecimalAndHaveNoExponent() {
    assertThat(Figures.exact(new BigDecimal("96.791325000000"))).isEqualTo("96.791325");
    assertThat(Figures.exact(new BigDecimal("0.000000000001"))).isEqualTo("0.000000000001");
    assertThat(Figures.exact(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(Figures.exact(new BigDecimal("0.000000000000"))).isEqualTo("0");
  }

  @Test
  void amounts_areExactAndGroupedWithAtLeastCents() {
    assertThat(Figures.amount(new BigDecimal("11625"))).isEqualTo("11,625.00");
    assertThat(Figures.amount(new BigDecimal("387.5"))).isEqualTo("387.50");
    assertThat(Figures.amount(new BigDecimal("-0.007750"))).isEqualTo("-0.00775");
    assertThat(Figures.amount(new BigDecimal("0E-6176"))).isEqualTo("0.00");
  }

  @Test
  void times_areReadable() {
    assertThat(Figures.clock(Duration.ofSeconds(65))).isEqualTo("1:05");
    assertThat(Figures.clock(Duration.ofSeconds(3665))).isEqualTo("1:01:05");
    assertThat(Figures.span(Duration.ofDays(7))).isEqualTo("7 d");
    assertThat(Figures.span(Duration.ofMinutes(90))).isEqualTo("90 min");
    assertThat(Figures.span(Duration.ofHours(36))).isEqualTo("36 h");
    assertThat(Figures.span(Duration.ofMillis(1500))).isEqualTo("1500 ms");
  }
}
