package io.tokenmeter.domain.forecast;

import io.tokenmeter.domain.forecast.SeasonalRate.Past;
import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A subject's exact spend by the day; days without any are days of no spend. */
public final class DailySpend {
  private static final int DAYS_PER_WEEK = 7;

  /** Older days say less about the present than they blur it. */
  private static final int HISTORY_DAYS = 56;

  private final NavigableMap<LocalDate, Money> days = new TreeMap<>();

  /** Adds to a day's spend. */
  public void add(LocalDate day, Money cost) {
    days.merge(day, cost, Money::plus);
  }

  /** The first day with a figure, or the given day where there is none before it. */
  LocalDate first(LocalDate otherwise) {
    return days.isEmpty() || days.firstKey().isAfter(otherwise) ? otherwise : days.firstKey();
  }

  /** What was spent from a day, inclusive, to another, exclusive. */
  Money between(LocalDate from, LocalDate to) {
    return from.isBefore(to)
        ? days.subMap(from, true, to, false).values().stream().reduce(Money.ZERO, Money::plus)
        : Money.ZERO;
  }

  /** What each day of the week costs, judged by the days before this one. */
  SeasonalRate rateBefore(LocalDate day) {
    LocalDate from = first(day);
    LocalDate earliest = day.minusDays(HISTORY_DAYS);
    List<Past> history = new ArrayList<>();
    for (LocalDate at = from.isBefore(earliest) ? earliest : from;
        at.isBefore(day);
        at = at.plusDays(1)) {
      history.add(new Past(slot(at), dollars(days.getOrDefault(at, Money.ZERO))));
    }
    double mean = history.stream().mapToDouble(Past::spent).average().orElse(0);
    return SeasonalRate.of(DAYS_PER_WEEK, DAYS_PER_WEEK, history, mean);
  }

  /** Dollars that a rate leads to expect from a day, inclusive, to another, exclusive. */
  static double expected(SeasonalRate rate, LocalDate from, LocalDate to) {
    double sum = 0;
    for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
      sum += rate.expected(slot(day));
    }
    return sum;
  }

  static int slot(LocalDate day) {
    return day.getDayOfWeek().ordinal();
  }

  static double dollars(Money money) {
    return money.toBigDecimal().doubleValue();
  }

  /** An estimate to the cent. */
  static Money cents(double dollars) {
    return Money.of(BigDecimal.valueOf(dollars).setScale(2, RoundingMode.HALF_EVEN));
  }
}
