package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Traffic of one key, fed minute by minute. Requests have 1,000 input and 200 output tokens, and
 * cost 0.00027 USD on gpt-4o-mini and 0.0045 USD, 16.7 times as much, on gpt-4o.
 */
final class MixedTraffic {
  static final Subject KEY = new Subject("api_key", "key-x");
  static final String MINI = "gpt-4o-mini";
  static final String LARGE = "gpt-4o";
  static final long DAY = 1440;

  /** A Monday at midnight, 2026-03-02T00:00Z. */
  static final long MONDAY = 1_772_409_600L / 60;

  DriftState state = new DriftState();
  DriftPolicy policy = DriftPolicy.DEFAULT;
  final List<Finding> findings = new ArrayList<>();
  long minute = MONDAY;

  /** Requests of a minute, by model. */
  interface Minute {
    Map<String, Integer> at(long minute);
  }

  /** Feeds minutes, and judges at the end of each. */
  MixedTraffic feed(long minutes, Minute traffic) {
    for (long end = minute + minutes; minute < end; minute++) {
      traffic
          .at(minute)
          .forEach(
              (model, requests) -> DriftDetector.add(state, minute, model, sums(model, requests)));
      Finding finding = DriftDetector.judge(state, KEY, policy, (minute + 1) * 60_000_000L);
      if (finding != null) {
        findings.add(finding);
      }
    }
    return this;
  }

  static UsageSums sums(String model, int requests) {
    long inputPicos = model.equals(MINI) ? 150_000 : 2_500_000;
    long outputPicos = model.equals(MINI) ? 600_000 : 10_000_000;
    long input = 1000L * requests;
    long output = 200L * requests;
    Money inputCost = Money.ofPicos(input * inputPicos);
    Money outputCost = Money.ofPicos(output * outputPicos);
    return new UsageSums(
        requests,
        0,
        0,
        0,
        input,
        0,
        0,
        output,
        inputCost,
        Money.ZERO,
        Money.ZERO,
        outputCost,
        inputCost.plus(outputCost));
  }
}
