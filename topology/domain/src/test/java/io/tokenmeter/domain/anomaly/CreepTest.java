package io.tokenmeter.domain.anomaly;

import static io.tokenmeter.domain.anomaly.Traffic.MICROS;
import static io.tokenmeter.domain.anomaly.Traffic.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Spend that grows for days, of a key whose hours differ so much that none of them shows it. */
class CreepTest {
  private static final int DAY = 1440;

  /** A Thursday at midnight, ten days after the first. */
  private static final long THURSDAY = MONDAY + 10 * DAY;

  private static final long[] SEEDS = {1, 2, 4};

  @Test
  void threefoldGrowthInThreeDays_isFoundOnceAndBeforeItsEnd() {
    for (long seed : SEEDS) {
      Traffic traffic = uneven(seed);
      traffic.minutes(MONDAY, THURSDAY);
      LongToDoubleFunction usual = traffic.season;
      traffic.season =
          minute -> usual.applyAsDouble(minute) * (1 + 2.0 * (minute - THURSDAY) / (3 * DAY));
      List<Finding> findings = traffic.minutes(THURSDAY, THURSDAY + 3 * DAY);
      assertThat(findings).as("seed %d", seed).hasSize(1);
      Finding found = findings.get(0);
      assertThat(found.cause()).isEqualTo(AnomalyDetector.SPEND_UP);
      assertThat(found.atMicros()).isLessThan((THURSDAY + 3 * DAY) * MICROS);
      assertThat(found.atMicros() - found.sinceMicros()).isGreaterThanOrEqualTo(18 * 60 * MICROS);
    }
  }

  @Test
  void oneBusyDay_isNoCreep() {
    for (long seed : SEEDS) {
      Traffic traffic = uneven(seed);
      traffic.minutes(MONDAY, THURSDAY);
      traffic.volume = 1.6;
      List<Finding> findings = traffic.minutes(THURSDAY, THURSDAY + DAY);
      traffic.volume = 1;
      findings.addAll(traffic.minutes(THURSDAY + DAY, THURSDAY + 2 * DAY));
      assertThat(findings).as("seed %d", seed).isEmpty();
    }
  }

  /** Most hours have 0.4 to 2.2 times what is usual, for no reason. */
  private static Traffic uneven(long seed) {
    Traffic traffic = new Traffic(seed, 5, 0.01);
    traffic.season =
        minute -> Math.exp(0.8 * new Random(seed * 1_000_003 + minute / 60).nextGaussian());
    return traffic;
  }
}
