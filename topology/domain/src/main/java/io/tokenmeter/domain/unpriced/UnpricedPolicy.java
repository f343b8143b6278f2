package io.tokenmeter.domain.unpriced;

import io.tokenmeter.domain.money.Money;

/**
 * When usage of a model without a price is reported.
 *
 * @param enabled whether it is reported at all
 * @param minimumRequests how many requests without a price there must be, 1 or more
 * @param warning dollars a day at stake from which it is a warning
 * @param critical dollars a day at stake from which it is critical; not below {@code warning}
 */
public record UnpricedPolicy(boolean enabled, long minimumRequests, Money warning, Money critical) {
  /** What holds for a subject that no policy names. */
  public static final UnpricedPolicy DEFAULT =
      new UnpricedPolicy(true, 1, Money.parse("10"), Money.parse("100"));
}
