package io.tokenmeter.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PicosTest {

  @Test
  void pricePerMillion_isWholePicosPerToken() {
    assertThat(Picos.ofDollarsPerMillion(new BigDecimal("2.50"))).isEqualTo(2_500_000);
    assertThat(Picos.ofDollarsPerMillion(new BigDecimal("0.075"))).isEqualTo(75_000);
    assertThat(Picos.toPlainString(75_000)).isEqualTo("0.000000075");
  }

  @Test
  void floatNoise_isRoundedHalfEvenAndTold() {
    BigDecimal noisy = new BigDecimal("0.00000015000000000000002");
    assertThat(Picos.isExact(noisy)).isFalse();
    assertThat(Picos.ofDollars(noisy)).isEqualTo(150_000);
    assertThat(Picos.ofDollars(new BigDecimal("0.0000000000025"))).isEqualTo(2);
    assertThat(Picos.ofDollars(new BigDecimal("0.0000000000035"))).isEqualTo(4);
    assertThat(Picos.isExact(new BigDecimal("1.3e-10"))).isTrue();
    assertThat(Picos.isExact(new BigDecimal("3.0000000000000"))).isTrue();
  }

  @Test
  void multiplier_roundsToThePico() {
    assertThat(Picos.times(2_500_000, new BigDecimal("1.1"))).isEqualTo(2_750_000);
    assertThat(Picos.times(5, new BigDecimal("1.1"))).isEqualTo(6); // 5.5
    assertThat(Picos.times(25, new BigDecimal("1.1"))).isEqualTo(28); // 27.5
  }

  @Test
  void absurdPrice_doesNotFit() {
    assertThatThrownBy(() -> Picos.ofDollars(BigDecimal.valueOf(9_300_000)))
        .isInstanceOf(ArithmeticException.class);
  }
}
