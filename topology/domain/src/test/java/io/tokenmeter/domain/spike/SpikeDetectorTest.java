package io.tokenmeter.domain.spike;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.spike.SpikeDetector.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpikeDetectorTest {
  private static final Subject KEY = new Subject("api_key", "prod-1");
  private static final SpikePolicy HALF_A_DOLLAR = SpikePolicy.DEFAULT;

  @Test
  void requestThatCostsMoreThanTheLimit_isASpike() {
    Finding finding = judge(request("0.500000000001", 10, 0), HALF_A_DOLLAR);
    assertThat(finding.cause()).isEqualTo("cost");
    assertThat(finding.threshold()).isEqualTo(Money.parse("0.5"));
    assertThat(finding.observed()).isEqualTo(Money.parse("0.500000000001"));
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.windowEndMicros() - finding.windowStartMicros())
        .as("how long another one belongs to the same alert")
        .isEqualTo(Duration.ofMinutes(15).toMillis() * 1000);
    assertThat(judge(request("0.5", 10, 0), HALF_A_DOLLAR)).isNull();
  }

  @Test
  void severity_isByWhatTheRequestCost() {
    assertThat(judge(request("10", 10, 0), HALF_A_DOLLAR).severity()).isEqualTo(Severity.WARNING);
    assertThat(judge(request("100", 10, 0), HALF_A_DOLLAR).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void outputThatIsAlmostItsCap_isASpikeIfItIsLong() {
    assertThat(judge(request("0.1", 15_200, 16_000), HALF_A_DOLLAR)).isNull();
    assertThat(judge(request("0.1", 18_999, 20_000), HALF_A_DOLLAR)).isNull();
    assertThat(judge(request("0.1", 19_000, 20_000), HALF_A_DOLLAR).cause())
        .isEqualTo("output-cap");
    assertThat(judge(request(null, 19_000, 20_000), HALF_A_DOLLAR).sentence())
        .contains("cost what is not known", "95 % of its cap of 20,000 tokens");
  }

  @Test
  void capOfNoMeaning_isNoSpike() {
    assertThat(judge(request("0.1", 100_000, 0), HALF_A_DOLLAR)).isNull();
    assertThat(judge(request("0.1", 100_000, -1), HALF_A_DOLLAR)).isNull();
    assertThat(judge(request("0.1", 100_000, Long.MAX_VALUE), HALF_A_DOLLAR)).isNull();
  }

  @Test
  void limitsOfZero_areNone() {
    SpikePolicy none = policy(true, "0", 0);
    assertThat(judge(request("1000", 50_000, 50_000), none)).isNull();
    assertThat(judge(request("1000", 50_000, 50_000), policy(false, "0.5", 95))).isNull();
  }

  private static SpikePolicy policy(boolean enabled, String limit, int percent) {
    return new SpikePolicy(
        enabled,
        Money.parse(limit),
        percent,
        100,
        Duration.ofMinutes(1),
        Money.parse("10"),
        Money.parse("100"));
  }

  private static Finding judge(Request request, SpikePolicy policy) {
    return SpikeDetector.judge(request, KEY, policy);
  }

  private static Request request(String cost, long output, long cap) {
    Money money = cost == null ? null : Money.parse(cost);
    return new Request("e-1", "gpt-4o", 1_773_570_600_000_000L, 10, output, cap, money);
  }
}
