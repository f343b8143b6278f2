package io.tokenmeter.benchmarks.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HourlyRuleTest {
  private static final Subject KEY = new Subject("api_key", "key-1");

  @Test
  void twoStandardDeviations_ofHoursOf90And110_fireAbove120AndBelow80() {
    // Mean 100, standard deviation 10.
    assertThat(after(HourlyRule.twoStandardDeviations(), 119)).isEmpty();
    assertThat(after(HourlyRule.twoStandardDeviations(), 121))
        .containsExactly("spend-up true", "spend-up false");
    assertThat(after(HourlyRule.twoStandardDeviations(), 79))
        .containsExactly("spend-down true", "spend-down false");
    assertThat(after(HourlyRule.twoStandardDeviations(), 81)).isEmpty();
  }

  @Test
  void twoStandardDeviations_doNotWaitForTheEndOfTheHour() {
    HourlyRule rule = HourlyRule.twoStandardDeviations();
    long hour = learn(rule);

    assertThat(rule.watch(tick(60 * hour, 100))).isEmpty();
    List<Finding> findings = rule.watch(tick(60 * hour + 1, 21));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).atMicros()).isEqualTo((60 * hour + 2) * 60_000_000L);
  }

  @Test
  void staticThreshold_firesAboveTheHighestHourOfItsHistory_andNeverBelow() {
    assertThat(after(HourlyRule.staticThreshold(7), 110)).isEmpty();
    assertThat(after(HourlyRule.staticThreshold(7), 111))
        .containsExactly("spend-up true", "spend-up false");
    assertThat(after(HourlyRule.staticThreshold(7), 0)).isEmpty();
  }

  /** What a rule says of an hour with so many dollars, and of a usual one after it. */
  private static List<String> after(HourlyRule rule, long dollars) {
    long hour = learn(rule);
    List<Finding> findings = new ArrayList<>(rule.watch(tick(60 * hour, dollars)));
    findings.addAll(rule.watch(tick(60 * (hour + 1), 100)));
    findings.addAll(rule.watch(tick(60 * (hour + 2), 100)));
    return findings.stream().map(found -> found.cause() + " " + found.firing()).toList();
  }

  /** Seven days of hours that take turns at 90 and 110 dollars; returns the next hour. */
  private static long learn(HourlyRule rule) {
    for (long hour = 0; hour < 168; hour++) {
      assertThat(rule.watch(tick(60 * hour, hour % 2 == 0 ? 90 : 110))).isEmpty();
    }
    return 168;
  }

  private static SubjectTick tick(long minute, long dollars) {
    Money cost = Money.ofPicos(dollars * 1_000_000_000_000L);
    UsageSums sums =
        new UsageSums(1, 0, 0, 0, 0, 0, 0, 0, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, cost);
    return new SubjectTick(minute, (minute + 1) * 60_000_000L, Map.of(KEY, Map.of("gpt-4o", sums)));
  }
}
