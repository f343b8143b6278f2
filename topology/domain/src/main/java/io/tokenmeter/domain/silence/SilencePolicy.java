package io.tokenmeter.domain.silence;

import io.tokenmeter.domain.money.Money;
import java.time.Duration;

/**
 * When a subject that always reports counts as silent.
 *
 * @param enabled whether the subject is watched at all
 * @param minimumSilence the shortest silence that is reported, event time, a minute or more
 * @param gapFactor how many times the longest usual gap between two minutes with usage a silence
 *     must last, 1 or more
 * @param learning how long a subject must have been seen, event time
 * @param warning dollars a day at stake from which it is a warning
 * @param critical dollars a day at stake from which it is critical; not below {@code warning}
 */
public record SilencePolicy(
    boolean enabled,
    Duration minimumSilence,
    double gapFactor,
    Duration learning,
    Money warning,
    Money critical) {
  /** What holds for a subject that no policy names. */
  public static final SilencePolicy DEFAULT =
      new SilencePolicy(
          true,
          Duration.ofMinutes(15),
          3,
          Duration.ofDays(1),
          Money.parse("10"),
          Money.parse("100"));
}
