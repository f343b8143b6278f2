package io.tokenmeter.domain.anomaly;

import static io.tokenmeter.domain.anomaly.Traffic.MICROS;
import static io.tokenmeter.domain.anomaly.Traffic.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A key whose mix of a cheap and a dear model swings from hour to hour. */
class ModelCostTest {
  private static final Subject KEY = new Subject("api_key", "a");

  /** Eight days later, at noon. */
  private static final long NOON = MONDAY + 8 * 1440 + 12 * 60;

  private static final double CHEAP = 0.001;
  private static final double DEAR = 0.02;

  private final SubjectState state = new SubjectState();
  private final GroupState group = new GroupState();
  private final Random random = new Random(5);

  /**
   * Of thirty requests 10 to 90 % are dear ones, 0.09 to 0.54 USD a minute, so that 1.8 times as
   * much says little; but thirty requests to these models never cost 1.8 times what they do.
   */
  @Test
  void longerPrompts_showAgainstTheUsualCostOfEachModel() {
    assertThat(minutes(MONDAY, NOON, 1)).isEmpty();
    List<Finding> findings = minutes(NOON, NOON + 30, 1.8);
    assertThat(findings).hasSize(1);
    Finding found = findings.get(0);
    assertThat(found.atMicros()).isLessThanOrEqualTo((NOON + 10) * MICROS);
    assertThat(found.drivers().get(0).kind()).isEqualTo(Driver.Kind.TOKENS_PER_REQUEST);
    assertThat(state.up.view).isEqualTo(Deviation.View.MODEL_COST);
  }

  private List<Finding> minutes(long from, long to, double tokens) {
    List<Finding> findings = new ArrayList<>();
    for (long minute = from; minute < to; minute++) {
      double dear = 0.1 + 0.8 * new Random(minute / 20).nextDouble();
      long many = Math.round(30 * dear);
      add(minute, "dear", many, DEAR * tokens);
      add(minute, "cheap", 30 - many, CHEAP * tokens);
      findings.addAll(
          AnomalyDetector.judge(KEY, state, group, AnomalyPolicy.DEFAULT, (minute + 1) * MICROS));
    }
    return findings;
  }

  private void add(long minute, String model, long requests, double dollarsEach) {
    double noise = Math.exp(0.1 * random.nextGaussian());
    long picos = Math.round(requests * dollarsEach * noise * 1e12);
    // A token costs the same, so that longer prompts are more tokens.
    long input = picos / (model.equals("dear") ? 10_000_000 : 1_000_000);
    Money cost = Money.ofPicos(picos);
    AnomalyDetector.add(
        state,
        group,
        minute,
        new UsageSums(
            requests, 0, 0, 0, input, 0, 0, 0, cost, Money.ZERO, Money.ZERO, Money.ZERO, cost),
        model);
  }
}
