package io.tokenmeter.domain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final double[] ALL_MINI = {1, 0};
  private static final double[] SEVEN_TO_THREE = {0.7, 0.3};

  @Test
  void sameMixes_areNotApart() {
    assertThat(Divergence.psi(SEVEN_TO_THREE, SEVEN_TO_THREE)).isZero();
    assertThat(Divergence.jsd(SEVEN_TO_THREE, SEVEN_TO_THREE)).isZero();
  }

  @Test
  void psi_ofWorkedNumbers_isTheSumOverModels() {
    // (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5) = 0.018232 + 0.022314
    assertThat(Divergence.psi(new double[] {0.6, 0.4}, new double[] {0.5, 0.5}))
        .isEqualTo(0.040547, within(1e-6));
    // A new model counts as 0.001 before: 0.3 ln 0.7 turns into 0.107002, 0.299 ln 300 is 1.705431.
    assertThat(Divergence.psi(SEVEN_TO_THREE, ALL_MINI)).isEqualTo(1.812433, within(1e-6));
  }

  @Test
  void jsd_ofWorkedNumbers_isTheRootOfTheDivergenceInBits() {
    // H(0.85, 0.15) - H(0.7, 0.3) / 2 = 0.609840 - 0.440645 bits
    assertThat(Divergence.jsd(SEVEN_TO_THREE, ALL_MINI))
        .isEqualTo(Math.sqrt(0.169195), within(1e-5));
    assertThat(Divergence.jsd(new double[] {0, 1}, ALL_MINI)).isEqualTo(1);
  }

  @Test
  void psiOfTwoSamplesOfOneMix_staysBelowWhatChanceAllows() {
    Random random = new Random(11);
    int over = 0;
    int overHalf = 0;
    for (int i = 0; i < 2000; i++) {
      double[] p = sample(random, 200);
      double[] q = sample(random, 1000);
      double limit = Divergence.psiByChance(3, 200, 1000, 5);
      over += Divergence.psi(p, q) > limit ? 1 : 0;
      overHalf += Divergence.psi(p, q) > Divergence.psiByChance(3, 200, 1000, 0.674) ? 1 : 0;
    }
    assertThat(over).isZero();
    // A quarter of all samples lie above 0.674 standard deviations.
    assertThat(overHalf).isBetween(420, 580);
  }

  private static double[] sample(Random random, int requests) {
    double[] shares = new double[3];
    for (int i = 0; i < requests; i++) {
      double draw = random.nextDouble();
      shares[draw < 0.6 ? 0 : draw < 0.9 ? 1 : 2] += 1.0 / requests;
    }
    return shares;
  }
}
