package io.tokenmeter.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnomalyPolicyTest {
  @Test
  void severity_isByDollarsADay() {
    assertThat(AnomalyPolicy.DEFAULT.severity(Money.parse("9.99"))).isEqualTo(Severity.INFO);
    assertThat(AnomalyPolicy.DEFAULT.severity(Money.parse("10"))).isEqualTo(Severity.WARNING);
    assertThat(AnomalyPolicy.DEFAULT.severity(Money.parse("100"))).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void valuesOutOfRange_areRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(0, 2, "10"))
        .withMessageContaining("falseAlarms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(0.1, 1, "10"))
        .withMessageContaining("minimumRatio");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(0.1, 2, "101"))
        .withMessageContaining("critical");
  }

  private static AnomalyPolicy policy(double falseAlarms, double ratio, String warning) {
    return new AnomalyPolicy(
        true,
        AnomalyPolicy.Rule.ROBUST,
        falseAlarms,
        ratio,
        5,
        Money.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofDays(1),
        Money.parse(warning),
        Money.parse("100"));
  }
}
