package io.tokenmeter.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoneySumTest {

  @Test
  void product_mayExceedOneLong() {
    MoneySum sum = new MoneySum();
    sum.addProduct(999_999_999_999L, 9_000_000_000_000_000_000L);
    assertThat(sum.toMoney().toPlainString()).isEqualTo("8999999999991000000");
  }

  @Test
  void fractionOfAPico_isRoundedHalfEven() {
    assertThat(micro(500_000, 1)).isEqualTo(Money.ZERO); // 0.5 pico-dollars
    assertThat(micro(500_000, 3)).isEqualTo(Money.ofPicos(2)); // 1.5
    assertThat(micro(500_001, 1)).isEqualTo(Money.ofPicos(1));
    assertThat(micro(12_340_000, 100_000_000)).isEqualTo(Money.parse("0.001234"));
  }

  @Test
  void wholeQuantity_isExactHoweverLarge() {
    MoneySum sum = new MoneySum();
    sum.addMicroProduct(999_999_999_999_000_000L, Long.MAX_VALUE);
    assertThat(sum.toMoney()).isEqualTo(Money.ofPicos(Long.MAX_VALUE).times(999_999_999_999L));
  }

  @Test
  void products_agreeWithBigDecimal() {
    long seed = 815;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long micros = random.nextLong() >>> 4 + random.nextInt(50);
      long picos = random.nextLong() >> random.nextInt(60);
      BigDecimal expected =
          BigDecimal.valueOf(micros, 6)
              .multiply(BigDecimal.valueOf(picos, 12))
              .setScale(12, RoundingMode.HALF_EVEN);
      assertThat(micro(micros, picos).toBigDecimal())
          .as("seed %d, case %d: %d micros at %d", seed, i, micros, picos)
          .isEqualTo(expected);
    }
  }

  private static Money micro(long micros, long picos) {
    MoneySum sum = new MoneySum();
    sum.addMicroProduct(micros, picos);
    return sum.toMoney();
  }
}
