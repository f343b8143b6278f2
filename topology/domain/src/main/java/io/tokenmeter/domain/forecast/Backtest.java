package io.tokenmeter.domain.forecast;

import io.tokenmeter.domain.money.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * How far forecasts of the past were from what came: made at the end of each day of the history,
 * with nothing but the days before it, and compared with the days after it.
 *
 * <p>Neighbouring forecasts share most of their days, so that they are fewer than they seem.
 *
 * @param forecasts how many were made
 * @param days how many days each of them looks ahead; less than wanted where the history is short
 * @param medianError half of the forecasts were off by no more than this part of what came
 * @param low a tenth of the forecasts saw less than this many times the forecast come
 * @param high a tenth of them saw more than this many times the forecast come
 */
public record Backtest(int forecasts, int days, double medianError, double low, double high) {
  /** Fewer forecasts than this give no range. */
  static final int LEAST_FORECASTS = 8;

  /** What a day needs before it to be forecast from: every day of the week once. */
  static final int LEAST_DAYS = 7;

  private static final double TENTH = 0.1;

  /** Whether there were forecasts enough to judge by. */
  public boolean isFounded() {
    return forecasts >= LEAST_FORECASTS;
  }

  /**
   * Forecasts the past of a subject.
   *
   * @param today the first day that is not over
   * @param days how many days to look ahead, at least 1
   */
  static Backtest of(DailySpend spend, LocalDate today, int days) {
    LocalDate first = spend.first(today).plusDays(LEAST_DAYS);
    int room = (int) ChronoUnit.DAYS.between(first, today) - LEAST_FORECASTS + 1;
    if (room < 1) {
      return new Backtest(0, 0, 0, 1, 1);
    }
    int ahead = Math.min(days, room);
    int forecasts = (int) ChronoUnit.DAYS.between(first, today) - ahead + 1;
    double[] ratios = new double[forecasts];
    double[] errors = new double[forecasts];
    for (int i = 0; i < forecasts; i++) {
      LocalDate from = first.plusDays(i);
      LocalDate to = from.plusDays(ahead);
      double expected = DailySpend.expected(spend.rateBefore(from), from, to);
      Money came = spend.between(from, to);
      ratios[i] = ratio(DailySpend.dollars(came), expected);
      errors[i] = Math.abs(1 - ratio(expected, DailySpend.dollars(came)));
    }
    Arrays.sort(ratios);
    Arrays.sort(errors);
    return new Backtest(
        forecasts,
        ahead,
        quantile(errors, 0.5),
        Math.min(1, quantile(ratios, TENTH)),
        Math.max(1, quantile(ratios, 1 - TENTH)));
  }

  /** Nothing forecast as nothing is right; something forecast as nothing is off by all of it. */
  private static double ratio(double one, double other) {
    return other > 0 ? Math.max(0, one) / other : one > 0 ? 2 : 1;
  }

  /** With linear interpolation between the two nearest. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
