package io.tokenmeter.domain.stale;

import io.tokenmeter.domain.money.Money;
import java.time.Duration;

/**
 * When prices count as stale.
 *
 * @param enabled whether prices are watched at all
 * @param maximumAge how long ago a price that is used may have been published, a day or more
 * @param warning dollars a day priced by them from which it is a warning
 * @param critical dollars a day priced by them from which it is critical; not below {@code warning}
 */
public record StalePolicy(boolean enabled, Duration maximumAge, Money warning, Money critical) {
  /** What holds for a subject that no policy names. */
  public static final StalePolicy DEFAULT =
      new StalePolicy(true, Duration.ofDays(45), Money.parse("10"), Money.parse("100"));
}
