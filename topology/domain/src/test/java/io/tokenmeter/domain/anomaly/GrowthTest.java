package io.tokenmeter.domain.anomaly;

import static io.tokenmeter.domain.anomaly.Traffic.MICROS;
import static io.tokenmeter.domain.anomaly.Traffic.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A cause that comes to more, or to a smaller multiple, than when it was found. */
class GrowthTest {
  private static final int DAY = 1440;

  /** A Monday at 08:00 UTC after a week. */
  private static final long NIGHT = MONDAY + 7 * DAY + 8 * 60;

  private static final long MORNING = NIGHT + 8 * 60;

  /** A key of people who come to work at 16:00 UTC. */
  private static final LongToDoubleFunction OFFICE = minute -> minute % DAY < 16 * 60 ? 0.05 : 1;

  private final Traffic traffic = new Traffic(3, 20, 0.01);

  @Test
  void longerPromptsFoundByNight_areToldAgainByDay_asTheSameCause() {
    Finding found = longerPrompts(traffic);
    assertThat(traffic.growth).isNotEmpty();
    double stake = found.atStake().toBigDecimal().doubleValue();
    for (Finding again : traffic.growth) {
      assertThat(again.sinceMicros()).isEqualTo(found.sinceMicros());
      assertThat(again.cause()).isEqualTo(found.cause());
      double grown = again.atStake().toBigDecimal().doubleValue();
      assertThat(grown).isGreaterThanOrEqualTo(1.99 * stake);
      stake = grown;
    }
    assertThat(traffic.growth.get(traffic.growth.size() - 1).atMicros())
        .isBetween(MORNING * MICROS, (MORNING + 60) * MICROS);
    // Twelve dollars an hour are usual by day, thirty-six are spent.
    assertThat(stake).isBetween(400.0, 900.0);
  }

  @Test
  void restartsAfterEveryStep_changeNothingOfIt() {
    Traffic restarting = new Traffic(3, 20, 0.01).restarting();
    assertThat(longerPrompts(restarting)).isEqualTo(longerPrompts(traffic));
    assertThat(restarting.growth).isEqualTo(traffic.growth);
  }

  /** He spends what he spends: sixteen times the owner's by night, less than the owner's by day. */
  @Test
  void strangerWithAKey_isNotOverWhenTheOwnerComesToWork_butWhenHeGoes() {
    traffic.season = OFFICE;
    traffic.minutes(MONDAY, NIGHT);
    traffic.season = minute -> 0.8 + OFFICE.applyAsDouble(minute);
    assertThat(traffic.minutes(NIGHT, MORNING + 3 * 60)).hasSize(1);
    traffic.season = OFFICE;
    List<Finding> end = traffic.minutes(MORNING + 3 * 60, MORNING + 6 * 60);
    assertThat(end).extracting(Finding::firing).containsExactly(false);
  }

  private static Finding longerPrompts(Traffic traffic) {
    traffic.season = OFFICE;
    traffic.minutes(MONDAY, NIGHT);
    traffic.price = 3;
    List<Finding> findings = traffic.minutes(NIGHT, MORNING + 3 * 60);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
