package io.tokenmeter.benchmarks.detectors.spend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final ScenarioSize SMALL = new ScenarioSize(30, 2, 7, 2);
  private static final long HOUR = 3_600_000_000L;

  @Test
  void scenario_ofTheSameSeed_isTheSame() {
    assertThat(someTicks(Scenario.of(7, SMALL))).isEqualTo(someTicks(Scenario.of(7, SMALL)));
    assertThat(Scenario.of(7, SMALL).faults()).isEqualTo(Scenario.of(7, SMALL).faults());
    assertThat(Scenario.of(7, SMALL).faults()).isNotEqualTo(Scenario.of(8, SMALL).faults());
  }

  @Test
  void ticks_coverTheScenarioWithoutGap_inSlicesWhereAFaultBegins() {
    Scenario scenario = Scenario.of(7, SMALL);
    long expected = scenario.startMicros();
    Set<Long> starts =
        scenario.faults().stream().map(Fault::startMicros).collect(Collectors.toSet());
    int begun = 0;
    for (Iterator<Tick> ticks = scenario.ticks(); ticks.hasNext(); ) {
      Tick tick = ticks.next();
      assertThat(tick.fromMicros()).isEqualTo(expected);
      assertThat((tick.toMicros() - 1) / 60_000_000L).isEqualTo(tick.minute());
      if (starts.contains(tick.fromMicros())) {
        assertThat(tick.toMicros() - tick.fromMicros()).isEqualTo(10_000_000L);
        begun++;
      }
      expected = tick.toMicros();
    }
    assertThat(expected).isEqualTo(scenario.endMicros());
    assertThat(begun).isEqualTo(starts.size());
  }

  @Test
  void faults_ofAllTypes_liveApartOnOneSubjectAndAreWorthAPage() {
    Set<FaultType> seen = EnumSet.noneOf(FaultType.class);
    for (long seed = 1; seed <= 3; seed++) {
      List<Fault> faults = Scenario.of(seed, ScenarioSize.STANDARD).faults();
      for (Fault fault : faults) {
        seen.add(fault.type());
        assertThat(fault.touched()).contains(fault.subject());
        assertThat(fault.dollars()).isGreaterThanOrEqualTo(FaultPlan.LEAST_DOLLARS);
        for (Fault other : faults) {
          if (other != fault && other.subject().equals(fault.subject())) {
            assertThat(
                    fault.startMicros() >= other.endMicros() + 12 * HOUR
                        || other.startMicros() >= fault.endMicros() + 12 * HOUR)
                .as("%s and %s of seed %d", fault, other, seed)
                .isTrue();
          }
        }
      }
    }
    assertThat(seen).isEqualTo(EnumSet.allOf(FaultType.class));
  }

  @Test
  void spend_ofKeys_isSpreadOverThreeOrdersOfMagnitude() {
    Map<Subject, Double> dollars = new HashMap<>();
    Scenario scenario = Scenario.of(5, ScenarioSize.STANDARD);
    for (Iterator<Tick> ticks = scenario.ticks(); ticks.hasNext(); ) {
      Tick tick = ticks.next();
      if (tick.fromMicros() >= scenario.testFromMicros()) {
        break;
      }
      for (Usage usage : tick.usage()) {
        dollars.merge(
            usage.path().subjects().get(0),
            usage.sums().cost().toBigDecimal().doubleValue() / 14,
            Double::sum);
      }
    }
    assertThat(dollars).hasSize(50);
    assertThat(dollars.values()).anyMatch(daily -> daily < 5).anyMatch(daily -> daily > 1000);
  }

  /** The fault's own dollars, measured: the same seed with and without faults. */
  @Test
  void fault_movesTheSpendItSays() {
    ScenarioSize none = new ScenarioSize(SMALL.keys(), 2, 7, 0);
    Scenario faulty = Scenario.of(11, SMALL);
    for (Fault fault : faulty.faults()) {
      double with = dollars(faulty, fault);
      double without = dollars(Scenario.of(11, none), fault);
      // Noise, busy spells and one-sided luck included.
      assertThat(Math.abs(with - without))
          .as("%s", fault)
          .isBetween(0.3 * fault.dollars(), 3 * fault.dollars());
    }
  }

  private static double dollars(Scenario scenario, Fault fault) {
    double sum = 0;
    for (Iterator<Tick> ticks = scenario.ticks(); ticks.hasNext(); ) {
      Tick tick = ticks.next();
      if (tick.fromMicros() < fault.startMicros()) {
        continue;
      }
      if (tick.fromMicros() >= fault.endMicros()) {
        break;
      }
      for (Usage usage : tick.usage()) {
        if (usage.path().subjects().contains(fault.subject())) {
          sum += usage.sums().cost().toBigDecimal().doubleValue();
        }
      }
    }
    return sum;
  }

  private static List<String> someTicks(Scenario scenario) {
    List<String> texts = new ArrayList<>();
    Iterator<Tick> ticks = scenario.ticks();
    for (int i = 0; i < 500; i++) {
      Tick tick = ticks.next();
      tick.usage().forEach(usage -> texts.add(usage.path().subjects() + " " + usage.sums()));
    }
    return texts;
  }
}
