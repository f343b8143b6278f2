package io.tokenmeter.domain.spike;

import io.tokenmeter.domain.money.Money;
import java.time.Duration;

/**
 * When one request counts as a spike.
 *
 * @param enabled whether requests of the subject are watched at all
 * @param limit a request that costs more is a spike; 0: no limit
 * @param outputPercent a request whose output is at least this share of its cap is a spike, percent
 *     of {@code max_output_tokens}, 0 to 100; 0: not watched
 * @param minimumOutputTokens outputs of fewer tokens are no spikes however small their cap, tokens,
 *     0 or more
 * @param quiet how long no further spike must come for the alert to end, event time
 * @param warning dollars a day at stake from which it is a warning
 * @param critical dollars a day at stake from which it is critical; not below {@code warning}
 */
public record SpikePolicy(
    boolean enabled,
    Money limit,
    int outputPercent,
    long minimumOutputTokens,
    Duration quiet,
    Money warning,
    Money critical) {
  /**
   * What holds for a subject that no policy names. Short outputs reach short caps every day, so
   * only long ones count.
   */
  public static final SpikePolicy DEFAULT =
      new SpikePolicy(
          true,
          Money.parse("0.5"),
          95,
          16_000,
          Duration.ofMinutes(15),
          Money.parse("10"),
          Money.parse("100"));
}
