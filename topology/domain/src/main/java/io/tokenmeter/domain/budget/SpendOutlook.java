package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.forecast.SeasonalRate;
import io.tokenmeter.domain.forecast.SeasonalRate.Past;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a budget's subject is going to spend, by what it has spent: by the hour of the day, or the
 * day of the week, see {@link SeasonalRate}. Estimates are in dollars as {@code double}.
 */
final class SpendOutlook {
  private static final double CONFIDENCE = 1.65;
  private static final int RECENT_HOURS = 6;
  private static final int RECENT_DAYS = 7;

  private final WindowCalendar calendar;
  private final Window bucket;
  private final long now;
  private final SeasonalRate rate;

  SpendOutlook(BudgetState state, long periodStart, long nowMinute) {
    calendar = state.calendar;
    bucket = state.period.bucket();
    now = nowMinute;
    double buckets = Math.max(1, (nowMinute - periodStart) / (double) minutesPerBucket());
    double spent = dollars(state.spentBetween(periodStart, nowMinute + 1));
    boolean hours = bucket == Window.HOUR;
    rate =
        SeasonalRate.of(
            hours ? 24 : 7,
            hours ? RECENT_HOURS : RECENT_DAYS,
            history(state, calendar.start(bucket, nowMinute)),
            spent / buckets);
  }

  /** Whether there is enough history to say anything. */
  boolean isFounded() {
    return rate.isFounded();
  }

  /** Dollars that are going to be spent from now to a minute. */
  double expectedUntil(long minute) {
    double expected = 0;
    for (long at = now; at < minute; ) {
      long end = Math.min(endOfBucket(at), minute);
      expected += perMinute(at) * (end - at);
      at = end;
    }
    return expected;
  }

  /** Dollars that are going to be spent at least from now to a minute, 19 times in 20. */
  double leastUntil(long minute) {
    double expected = expectedUntil(minute);
    double buckets = Math.max(0, (minute - now) / (double) minutesPerBucket());
    double error = Math.hypot(rate.deviation() * Math.sqrt(buckets), rate.doubt() * expected);
    return Math.max(0, expected - CONFIDENCE * error);
  }

  /** The minute at which so many dollars more are spent; the given end if not before it. */
  long reached(double dollars, long end) {
    double left = dollars;
    for (long at = now; at < end; ) {
      long next = endOfBucket(at);
      double rate = perMinute(at);
      if (rate > 0 && rate * (next - at) >= left) {
        return Math.min(end, at + (long) Math.ceil(left / rate));
      }
      left -= rate * (next - at);
      at = next;
    }
    return end;
  }

  /** An estimate to the cent. */
  static Money cents(double dollars) {
    return Money.of(BigDecimal.valueOf(dollars).setScale(2, RoundingMode.HALF_EVEN));
  }

  static double dollars(Money money) {
    return money.toBigDecimal().doubleValue();
  }

  private double perMinute(long minute) {
    return rate.expected(slot(minute)) / minutesPerBucket();
  }

  private long endOfBucket(long minute) {
    return calendar.end(bucket, calendar.start(bucket, minute));
  }

  private int minutesPerBucket() {
    return bucket == Window.HOUR ? 60 : BudgetPeriod.MINUTES_PER_DAY;
  }

  private int slot(long minute) {
    ZonedDateTime time = Instant.ofEpochSecond(minute * 60).atZone(calendar.zone());
    return bucket == Window.HOUR ? time.getHour() : time.getDayOfWeek().ordinal();
  }

  /** All buckets before the present one, from the first that has any spend. */
  private List<Past> history(BudgetState state, long current) {
    List<Past> history = new ArrayList<>();
    Map.Entry<Long, Money> first = state.buckets.firstEntry();
    long from = first == null ? current : first.getKey();
    for (long at = from; at < current; at = calendar.end(bucket, at)) {
      Money spent = state.buckets.get(at);
      history.add(new Past(slot(at), spent == null ? 0 : dollars(spent)));
    }
    return history;
  }
}
