package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.money.Money;
import java.time.Duration;

/**
 * When a change of a subject's model mix is reported.
 *
 * @param enabled whether the subject is watched at all
 * @param psi population stability index from which a mix has changed, more than 0; credit scoring
 *     calls 0.1 a moderate and 0.25 a major shift (N. Siddiqi, Credit Risk Scorecards, 2006)
 * @param jsd Jensen-Shannon distance from which a mix has changed, 0 to 1 (base-2 logarithm)
 * @param minimumRequests requests that a recent window must hold to be judged, 1 or more
 * @param persistence how long the change must last, event time; one to cheaper models 15 times as
 *     long
 * @param learning how long a subject must have been seen, event time
 * @param adoption after how long a changed mix is taken for the new baseline, event time
 * @param minimumStake the least that the change must cost, or save, in a day
 * @param warning cost a day from which a finding is a warning
 * @param critical cost a day from which a finding is critical
 */
public record DriftPolicy(
    boolean enabled,
    double psi,
    double jsd,
    long minimumRequests,
    Duration persistence,
    Duration learning,
    Duration adoption,
    Money minimumStake,
    Money warning,
    Money critical) {
  /** What holds where nobody has set anything else. */
  public static final DriftPolicy DEFAULT =
      new DriftPolicy(
          true,
          0.2,
          0.1,
          50,
          Duration.ofMinutes(1),
          Duration.ofDays(1),
          Duration.ofDays(1),
          Money.parse("5"),
          Money.parse("10"),
          Money.parse("100"));
}
