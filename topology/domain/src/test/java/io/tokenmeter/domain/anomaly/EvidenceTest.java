package io.tokenmeter.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvidenceTest {
  @Test
  void rise_isTheGammaLikelihoodRatio() {
    // 10 times what is expected at a relative variance of 0.5: (10 - 1 - ln 10) / 0.5.
    assertThat(Evidence.ofRise(10, 0.5)).isCloseTo(13.3948, within(1e-4));
    assertThat(Evidence.ofRise(1, 0.5)).isZero();
    assertThat(Evidence.ofRise(0.2, 0.5)).isZero();
  }

  @Test
  void riseOf_findsTheRatioThatEvidenceAsksFor() {
    for (double evidence : new double[] {0.5, 6, 13, 40}) {
      for (double variance : new double[] {0.01, 0.3, 5}) {
        double ratio = Evidence.riseOf(evidence, variance);
        assertThat(Evidence.ofRise(ratio, variance)).isCloseTo(evidence, within(1e-6));
      }
    }
  }

  @Test
  void silence_isStrongerEvidenceTheSteadierTheRate() {
    // No request of 100 expected: 100 by chance alone, 25 ln 5 with a drift of 0.04.
    assertThat(Evidence.ofFall(0, new Variance(0.01, 0))).isCloseTo(100, within(0.1));
    assertThat(Evidence.ofFall(0, new Variance(0.01, 0.04))).isCloseTo(40.236, within(1e-3));
    assertThat(Evidence.ofFall(0, new Variance(0.01, 10))).isLessThan(1);
    assertThat(Evidence.ofFall(1.2, new Variance(0.01, 0.04))).isZero();
  }

  @Test
  void fallOf_findsTheRatioThatEvidenceAsksFor() {
    Variance variance = new Variance(0.01, 0.02);
    double ratio = Evidence.fallOf(10, variance);
    assertThat(Evidence.ofFall(ratio, variance)).isCloseTo(10, within(1e-6));
    assertThat(Evidence.fallOf(1e6, variance)).isCloseTo(0, within(1e-9));
  }

  @Test
  void retries_countByTheirShareAndNumber() {
    // 14 of 20 where 2 % are usual: 20 (0.7 ln 35 + 0.3 ln (0.3 / 0.98)).
    assertThat(Evidence.ofRetries(14, 20, 0.02)).isCloseTo(42.672, within(1e-2));
    assertThat(Evidence.ofRetries(0, 20, 0.02)).isZero();
    assertThat(Evidence.ofRetries(20, 20, 0.02)).isCloseTo(20 * Math.log(50), within(1e-9));
  }
}
