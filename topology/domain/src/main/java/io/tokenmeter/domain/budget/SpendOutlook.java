package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * What a budget's subject is going to spend, by what it has spent.
 *
 * <p>Every hour of the day, or every day of the week, has its usual spend: the median of its kind
 * in the history. What is recent says how many times the usual spend it is at present: the median,
 * again, of the last six hours or seven days against what was usual in them. So one dear day does
 * not foretell others, and neither a night nor a weekend is taken for the end of all spending. With
 * less than one round of history there is only the mean. Estimates are in dollars as {@code
 * double}.
 */
final class SpendOutlook {
  private static final double NEGLIGIBLE = 0.1;
  private static final double CONFIDENCE = 1.65;
  private static final int RECENT_HOURS = 6;
  private static final int RECENT_DAYS = 7;
  private static final int LEAST_COMPLETE = 3;

  private final WindowCalendar calendar;
  private final Window bucket;
  private final int slots;
  private final long now;
  private final double[] usual;
  private final double level;
  private final double deviation;
  private final double doubt;
  private final int complete;

  /** One bucket of the history. */
  private record Past(int slot, double spent) {}

  SpendOutlook(BudgetState state, long periodStart, long nowMinute) {
    calendar = state.calendar;
    bucket = state.period.bucket();
    slots = bucket == Window.HOUR ? 24 : 7;
    now = nowMinute;
    List<Past> history = history(state, calendar.start(bucket, nowMinute));
    complete = history.size();
    if (complete < LEAST_COMPLETE) {
      double buckets = Math.max(1, (nowMinute - periodStart) / (double) minutesPerBucket());
      double spent = dollars(state.spentBetween(periodStart, nowMinute + 1));
      usual = flat(spent / buckets);
      level = 1;
    } else if (complete < slots) {
      usual = flat(history.stream().mapToDouble(Past::spent).average().orElse(0));
      level = 1;
    } else {
      usual = medians(history);
      level = level(history);
    }
    deviation = deviation(history);
    doubt = complete >= 2 * slots ? 0.1 : complete >= slots ? 0.25 : 0.5;
  }

  /** Whether there is enough history to say anything. */
  boolean isFounded() {
    return complete >= LEAST_COMPLETE;
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
    double error = Math.hypot(deviation * Math.sqrt(buckets), doubt * expected);
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
    return Math.max(0, level * usual[slot(minute)]) / minutesPerBucket();
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

  private double[] flat(double value) {
    double[] all = new double[slots];
    Arrays.fill(all, value);
    return all;
  }

  private double[] medians(List<Past> history) {
    double[] medians = new double[slots];
    for (int slot = 0; slot < slots; slot++) {
      int wanted = slot;
      medians[slot] =
          median(history.stream().filter(past -> past.slot() == wanted).mapToDouble(Past::spent));
    }
    return medians;
  }

  /** How many times the usual spend is spent at present. */
  private double level(List<Past> history) {
    // Corrections can make past spend negative.
    double negligible = Math.max(0, NEGLIGIBLE * Arrays.stream(usual).average().orElse(0));
    int recent = bucket == Window.HOUR ? RECENT_HOURS : RECENT_DAYS;
    double[] ratios =
        history.subList(Math.max(0, history.size() - recent), history.size()).stream()
            .filter(past -> usual[past.slot()] > negligible)
            .mapToDouble(past -> past.spent() / usual[past.slot()])
            .toArray();
    return ratios.length == 0 ? 1 : median(Arrays.stream(ratios));
  }

  private double deviation(List<Past> history) {
    return Math.sqrt(
        history.stream()
            .mapToDouble(past -> past.spent() - usual[past.slot()])
            .map(residual -> residual * residual)
            .average()
            .orElse(0));
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
