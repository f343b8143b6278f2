package io.tokenmeter.domain.stale;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Durations;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.util.List;

/**
 * Finds prices of a provider that nobody has published for long. Both times are arrivals at the
 * broker and the wall clock, so that a replay of old usage does not make prices look stale or
 * fresh.
 */
public final class StaleDetector {
  /** The cause it finds. */
  public static final String STALE = "stale";

  private StaleDetector() {}

  /** Whether prices that were last published at a time, microseconds since the epoch, are stale. */
  public static boolean isStale(long publishedMicros, StalePolicy policy, long nowMicros) {
    return policy.enabled() && nowMicros > staleFrom(publishedMicros, policy);
  }

  /**
   * The finding that the prices of a provider are stale, or are no more.
   *
   * @param publishedMicros when they were last published before, microseconds since the epoch
   * @param firing whether they are stale
   */
  public static Finding finding(
      Subject provider, long publishedMicros, StalePolicy policy, boolean firing, long nowMicros) {
    String age = Durations.text(nowMicros - publishedMicros);
    return new Finding(
        Detector.STALE_PRICES,
        STALE,
        provider,
        firing,
        staleFrom(publishedMicros, policy),
        nowMicros,
        publishedMicros,
        nowMicros,
        null,
        null,
        null,
        Money.ZERO,
        Severity.WARNING,
        List.of(),
        firing
            ? "Prices of "
                + provider
                + " were last published "
                + age
                + " ago. Publish them again"
                + " if they still hold, or what changed."
            : "Prices of " + provider + " have been published again.");
  }

  private static long staleFrom(long publishedMicros, StalePolicy policy) {
    return publishedMicros + policy.maximumAge().toMillis() * 1000;
  }
}
