package io.tokenmeter.domain.price;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * Hours of the day at which other prices apply. They replace the row's price of the same unit and
 * service tier; units that the window does not price keep the row's.
 *
 * @param name shown in the cost record, such as {@code off-peak}
 * @param zone time zone in which the vendor counts, such as {@code Asia/Shanghai} or {@code Z}
 * @param weekdays days on which the window starts; empty means every day
 * @param start first moment, inclusive
 * @param end end, exclusive; before {@code start} the window ends on the next day, equal to it the
 *     window lasts 24 hours
 */
public record TimeWindow(
    String name,
    String zone,
    Set<DayOfWeek> weekdays,
    LocalTime start,
    LocalTime end,
    List<UnitPrice> prices) {

  public TimeWindow {
    weekdays = Set.copyOf(weekdays);
    prices = List.copyOf(prices);
  }
}
