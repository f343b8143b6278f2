package io.tokenmeter.domain.unpriced;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds models that are used without a price: their cost is not nothing, it is not known. It is
 * over when all their requests are priced.
 */
public final class UnpricedDetector {
  /** The cause it finds. */
  public static final String UNPRICED = "unpriced";

  private static final long MICROS_PER_MINUTE = 60_000_000L;

  private UnpricedDetector() {}

  /**
   * Takes note of requests that came without a price, or were priced later.
   *
   * @param state changed in place
   * @param minute minutes since the epoch in which they were made
   * @param requests how many; negative for those that were priced
   */
  public static void add(UnpricedState state, long minute, long requests) {
    state.requests += requests;
    if (requests > 0) {
      state.sinceMicros = Math.min(state.sinceMicros, minute * MICROS_PER_MINUTE);
      state.latestMinute = Math.max(state.latestMinute, minute);
    }
  }

  /**
   * Judges a model.
   *
   * @param state changed in place
   * @param holding how long requests are held for a price to come; those beyond it never get one
   * @param nowMicros event time, microseconds since the epoch
   * @return a finding when it begins and when it is over, otherwise null
   */
  public static @Nullable Finding judge(
      UnpricedState state,
      Subject subject,
      UnpricedPolicy policy,
      Duration holding,
      long nowMicros) {
    boolean given = isGivenUp(state, holding, nowMicros);
    if (state.firing && (state.requests <= 0 || given || !policy.enabled())) {
      Finding end =
          finding(
              state,
              subject,
              false,
              nowMicros,
              given && state.requests > 0
                  ? text(
                      "%,d requests of %s were never priced and are not held any more.",
                      state.requests, subject)
                  : "All requests of " + subject + " have a price.");
      forget(state, given);
      return end;
    }
    if (state.requests <= 0) {
      forget(state, false);
    } else if (!state.firing && policy.enabled() && state.requests >= policy.minimumRequests()) {
      state.firing = true;
      return finding(
          state,
          subject,
          true,
          nowMicros,
          text(
              "%,d requests of %s have no price, so that nobody knows what they cost. Publish its"
                  + " price: they are held, and priced at once.",
              state.requests, subject));
    }
    return null;
  }

  /** Whether requests have waited longer than they are held. */
  public static boolean isGivenUp(UnpricedState state, Duration holding, long nowMicros) {
    return state.requests > 0
        && nowMicros - state.latestMinute * MICROS_PER_MINUTE > holding.toMillis() * 1000;
  }

  private static void forget(UnpricedState state, boolean given) {
    state.firing = false;
    state.sinceMicros = Long.MAX_VALUE;
    if (given) {
      state.requests = 0;
    }
  }

  /** What it costs is what is not known: a warning, whatever the policy's dollars. */
  private static Finding finding(
      UnpricedState state, Subject subject, boolean firing, long nowMicros, String sentence) {
    return new Finding(
        Detector.UNPRICED_MODEL,
        UNPRICED,
        subject,
        firing,
        state.sinceMicros,
        nowMicros,
        state.sinceMicros,
        (state.latestMinute + 1) * MICROS_PER_MINUTE,
        null,
        null,
        null,
        Money.ZERO,
        Severity.WARNING,
        List.of(),
        sentence);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
