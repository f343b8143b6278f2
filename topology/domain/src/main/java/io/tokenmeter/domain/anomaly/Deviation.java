package io.tokenmeter.domain.anomaly;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A window in which spend strays from what is expected.
 *
 * @param window when
 * @param view how it shows
 * @param expected dollars expected in that view
 * @param ratio how many times what is expected in that view
 * @param limit works out the ratio from which on it would have counted; only asked for when it is
 *     reported, since it takes longer than all else together
 * @param strength evidence over the evidence that is asked for; from 1 on it counts
 */
record Deviation(
    SpendWindow window,
    View view,
    double expected,
    double ratio,
    DoubleSupplier limit,
    double strength) {

  /** Dollars a day, more or less, that it comes to. */
  double stake() {
    return Math.abs(window.moreADay(expected));
  }

  /** Whether it is one of the classic rule, which knows no doubt. */
  boolean isClassic() {
    return view == View.CLASSIC_HOUR || view == View.CLASSIC_DAY;
  }

  /** The one with the more evidence; null if both are. */
  static @Nullable Deviation stronger(@Nullable Deviation one, @Nullable Deviation other) {
    return one == null || other != null && other.strength() > one.strength() ? other : one;
  }

  /** What is compared with what. */
  enum View {
    /** Spend with the spend that is usual at that time. */
    SPEND,
    /** Requests with those that are usual at that time. */
    VOLUME,
    /** Spend with the usual cost of the requests that were made. */
    UNIT_COST,
    /** Spend with the usual cost of the requests that were made to each model. */
    MODEL_COST,
    /** Spend with the usual cost of the tokens that were used. */
    TOKEN_COST,
    /** Requests with the first attempts among them. */
    RETRIES,
    /** An hour or a day with the mean of its like: the classic rule. */
    CLASSIC_HOUR,
    /** See {@link #CLASSIC_HOUR}. */
    CLASSIC_DAY;

    boolean needsMix() {
      return this == VOLUME || this == UNIT_COST || this == MODEL_COST || this == TOKEN_COST;
    }
  }
}
