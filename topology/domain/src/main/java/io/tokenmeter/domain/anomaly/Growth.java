package io.tokenmeter.domain.anomaly;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rise that goes on comes to by now: in its first seconds, or at night, it was a fraction of
 * that. Whoever tells a project's rise by its key's needs to know.
 *
 * @param window the part of the last hour, since the cause began, with the most dollars in excess
 * @param expected dollars expected of that
 * @param stake dollars in excess, in a day at that rate
 */
record Growth(SpendWindow window, double expected, double stake) {
  /** Less time says too little, minutes. */
  private static final double LEAST_MINUTES = 2;

  private static final double MOST_MINUTES = 60;

  /**
   * Looks at the last hour.
   *
   * @param cause a rise that is open
   * @return null where nothing is in excess of what is expected
   */
  static @Nullable Growth of(CauseState cause, SubjectState state, Expectations expectations) {
    List<UsageBucket> buckets = state.buckets();
    SpendWindows windows = new SpendWindows(state);
    SpendWindow window = windows.none();
    Growth most = null;
    for (int i = buckets.size() - 1; i >= 0 && window.minutes() < MOST_MINUTES; i--) {
      if (buckets.get(i).start < cause.sinceMinute()) {
        break;
      }
      window = windows.extend(window, buckets.get(i));
      // Whichever is less: what costs more a request may have brought more requests since.
      double expected = Math.min(window.expected(), expectations.dollars(window, cause.view));
      double stake = window.moreADay(expected);
      if (window.minutes() >= LEAST_MINUTES && stake > (most == null ? 0 : most.stake)) {
        most = new Growth(window, expected, stake);
      }
    }
    return most;
  }
}
