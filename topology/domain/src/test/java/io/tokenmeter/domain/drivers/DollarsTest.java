package io.tokenmeter.domain.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenmeter.domain.money.Money;
import org.junit.jupiter.api.Test;

class DollarsTest {
  @Test
  void amounts_areReadWithTheirSignAndSize() {
    assertThat(Dollars.of(Money.parse("41.2"))).isCloseTo(41.2, within(1e-9));
    assertThat(Dollars.of(Money.parse("-0.000000000001"))).isEqualTo(-1e-12);
    assertThat(Dollars.of(Money.parse("100000000"))).isCloseTo(1e8, within(1e-3));
    assertThat(Dollars.of(Money.parse("-100000000"))).isCloseTo(-1e8, within(1e-3));
  }

  @Test
  void text_hasTheDigitsThatMatter() {
    assertThat(Dollars.text(0)).isEqualTo("$0.00");
    assertThat(Dollars.text(41.2)).isEqualTo("$41.20");
    assertThat(Dollars.text(-893.4)).isEqualTo("-$893.40");
    assertThat(Dollars.text(12_345.6)).isEqualTo("$12,346");
    assertThat(Dollars.text(0.00123)).isEqualTo("$0.0012");
  }
}
