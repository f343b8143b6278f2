package io.tokenmeter.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoneyTest {

  private static final Money MAX = Money.of(Long.MAX_VALUE, -1L);
  private static final Money MIN = Money.of(Long.MIN_VALUE, 0);

  @Test
  void dollars_areReadAndWrittenExactly() {
    assertThat(Money.parse("96.791325").toPlainString()).isEqualTo("96.791325");
    assertThat(Money.parse("0.000000000001")).isEqualTo(Money.ofPicos(1));
    assertThat(Money.parse("-3.50").toPlainString()).isEqualTo("-3.5");
    assertThat(Money.parse("0.000").toPlainString()).isEqualTo("0");
    assertThat(Money.parse("1200").toPlainString()).isEqualTo("1200");
    assertThat(Money.parse("2.5").toBigDecimal()).isEqualTo(new BigDecimal("2.500000000000"));
  }

  @Test
  void thirteenDecimals_areRefused() {
    assertThatThrownBy(() -> Money.parse("0.0000000000001"))
        .isInstanceOf(ArithmeticException.class);
    assertThat(Money.parse("0.1000000000000")).isEqualTo(Money.parse("0.1"));
  }

  @Test
  void amountsBeyondOneLong_staySums() {
    Money tenMillion = Money.parse("10000000");
    assertThat(tenMillion.hi()).isZero();
    assertThat(tenMillion.lo()).isNegative(); // beyond 2^63 pico-dollars, read as unsigned
    assertThat(tenMillion.times(1_000_000_000L).toPlainString()).isEqualTo("10000000000000000");
    assertThat(tenMillion.plus(tenMillion)).isEqualTo(Money.parse("20000000"));
    assertThat(tenMillion)
        .isGreaterThan(Money.parse("9999999"))
        .isLessThan(Money.parse("10000001"));
  }

  @Test
  void overflow_isNeverSilent() {
    assertThatThrownBy(() -> MAX.plus(Money.ofPicos(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> MIN.minus(Money.ofPicos(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(MIN::negate).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> MAX.times(2)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Money.parse("1e30")).isInstanceOf(ArithmeticException.class);
    MoneySum sum = new MoneySum();
    sum.add(MAX);
    assertThatThrownBy(() -> sum.addPicos(1)).isInstanceOf(ArithmeticException.class);
    assertThat(sum.toMoney()).isEqualTo(MAX);
  }

  @Test
  void arithmetic_agreesWithBigInteger() {
    long seed = 4711;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      BigInteger a = new BigInteger(random.nextInt(126), random);
      BigInteger b = new BigInteger(random.nextInt(126), random);
      a = random.nextBoolean() ? a : a.negate();
      b = random.nextBoolean() ? b : b.negate();
      Money x = Money.ofPicos(a);
      Money y = Money.ofPicos(b);
      String context = "seed " + seed + ", case " + i + ": " + a + " and " + b;
      assertThat(x.toPicos()).as(context).isEqualTo(a);
      assertThat(x.plus(y).toPicos()).as(context).isEqualTo(a.add(b));
      assertThat(x.minus(y).toPicos()).as(context).isEqualTo(a.subtract(b));
      assertThat(x.negate().toPicos()).as(context).isEqualTo(a.negate());
      assertThat(x.compareTo(y)).as(context).isEqualTo(a.compareTo(b));
      assertThat(x.signum()).as(context).isEqualTo(a.signum());
      MoneySum sum = new MoneySum();
      sum.add(x);
      sum.add(y);
      assertThat(sum.toMoney()).as(context).isEqualTo(x.plus(y));
    }
  }

  @Test
  void parse_enormousExponent_isRefusedAtOnce() {
    assertThatThrownBy(() -> Money.parse("1e999999999")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Money.parse("1e-999999999")).isInstanceOf(ArithmeticException.class);
    assertThat(Money.parse("1e26").toPlainString()).isEqualTo("1" + "0".repeat(26));
  }
}
