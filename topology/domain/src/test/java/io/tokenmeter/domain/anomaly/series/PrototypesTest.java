package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrototypesTest {

  @Test
  void novelty_isTheDistanceFromTheNearestPointSeen() {
    Prototypes prototypes = new Prototypes(2);

    assertThat(prototypes.novelty(new double[] {0, 0})).isZero();
    assertThat(prototypes.novelty(new double[] {3, 4})).isCloseTo(5, within(1e-12));
    assertThat(prototypes.novelty(new double[] {3, 4})).isZero();
    assertThat(prototypes.novelty(new double[] {0, 1})).isCloseTo(1, within(1e-12));
  }

  @Test
  void nearPoints_pullTheirPrototypeTowardsTheirMean() {
    Prototypes prototypes = new Prototypes(1);
    prototypes.novelty(new double[] {0});
    prototypes.novelty(new double[] {0.4}); // within the first radius, so the prototype is at 0.2

    assertThat(prototypes.novelty(new double[] {10})).isCloseTo(9.8, within(1e-12));
  }

  /** In a thousand places there cannot be a prototype each; far from all of them is still far. */
  @Test
  void manyDifferentPoints_areRememberedCoarsely() {
    Random random = new Random(1);
    Prototypes prototypes = new Prototypes(3);
    for (int i = 0; i < 20_000; i++) {
      prototypes.novelty(
          new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()});
    }

    assertThat(prototypes.novelty(new double[] {0.3, -0.2, 0.1})).isLessThan(1);
    assertThat(prototypes.novelty(new double[] {12, 0, 0})).isBetween(7.0, 12.0);
  }
}
