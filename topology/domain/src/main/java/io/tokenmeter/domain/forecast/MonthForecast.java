package io.tokenmeter.domain.forecast;

import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * What a subject is going to have spent when the month ends.
 *
 * <p>The days that are over and what today has cost so far are exact. The rest of today and the
 * days that are left are estimated by {@link SeasonalRate}: the median of each day of the week over
 * the last eight weeks, times how many times the usual the last seven days were. The range is where
 * eight of ten forecasts of the subject's own past came out, see {@link Backtest}; where the past
 * is too short for that, it is by how far the days scatter.
 *
 * @param soFar exact spend of the month until now
 * @param rest estimate of what is still to be spent in it, to the cent
 * @param restLow low end of that
 * @param restHigh high end of that
 * @param nextMonth estimate of the whole following month, to the cent
 * @param historyDays whole days of history there are, at least from the first with any spend
 * @param backtest how good such forecasts of this subject were
 */
public record MonthForecast(
    Money soFar,
    Money rest,
    Money restLow,
    Money restHigh,
    Money nextMonth,
    int historyDays,
    Backtest backtest) {

  /** Standard deviations that leave a tenth on either side of a normal distribution. */
  private static final double TENTH = 1.28;

  /**
   * Forecasts a subject's month.
   *
   * @param now in the zone in which days begin
   */
  public static MonthForecast of(DailySpend spend, ZonedDateTime now) {
    LocalDate today = now.toLocalDate();
    LocalDate start = today.withDayOfMonth(1);
    LocalDate next = start.plusMonths(1);
    SeasonalRate rate = spend.rateBefore(today);
    double leftOfToday = leftOfToday(now);
    double rest =
        leftOfToday * rate.expected(DailySpend.slot(today))
            + DailySpend.expected(rate, today.plusDays(1), next);
    double days = leftOfToday + ChronoUnit.DAYS.between(today.plusDays(1), next);
    Backtest backtest = Backtest.of(spend, today, Math.max(1, (int) Math.round(days)));
    double scatter = TENTH * Math.hypot(rate.deviation() * Math.sqrt(days), rate.doubt() * rest);
    boolean tested = backtest.isFounded();
    return new MonthForecast(
        spend.between(start, today.plusDays(1)),
        DailySpend.cents(rest),
        DailySpend.cents(tested ? rest * backtest.low() : Math.max(0, rest - scatter)),
        DailySpend.cents(tested ? rest * backtest.high() : rest + scatter),
        DailySpend.cents(DailySpend.expected(rate, next, next.plusMonths(1))),
        (int) ChronoUnit.DAYS.between(spend.first(today), today),
        backtest);
  }

  /** Whether there is history enough to say anything about the rest of the month. */
  public boolean isFounded() {
    return historyDays >= SeasonalRate.LEAST_HISTORY;
  }

  /** What the month is going to cost. */
  public Money expected() {
    return soFar.plus(rest);
  }

  /** Low end of what the month is going to cost. */
  public Money low() {
    return soFar.plus(restLow);
  }

  /** High end of what the month is going to cost. */
  public Money high() {
    return soFar.plus(restHigh);
  }

  /** The same, if from now on this many times as much is spent as before. */
  public MonthForecast grown(BigDecimal factor) {
    return new MonthForecast(
        soFar,
        times(rest, factor),
        times(restLow, factor),
        times(restHigh, factor),
        times(nextMonth, factor),
        historyDays,
        backtest);
  }

  private static Money times(Money estimate, BigDecimal factor) {
    return Money.of(estimate.toBigDecimal().multiply(factor).setScale(2, RoundingMode.HALF_EVEN));
  }

  /** The part of today that is not over, 0 to 1. */
  private static double leftOfToday(ZonedDateTime now) {
    ZonedDateTime midnight = now.toLocalDate().atStartOfDay(now.getZone());
    ZonedDateTime end = now.toLocalDate().plusDays(1).atStartOfDay(now.getZone());
    return Duration.between(now, end).toMillis()
        / (double) Duration.between(midnight, end).toMillis();
  }
}
