package io.tokenmeter.domain.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MonthForecastTest {

  @Test
  void weekdays_areForecastByTheirOwnKind() {
    // $10 on weekdays, $2 at weekends; November 2026 has 21 weekdays and 9 days at weekends.
    DailySpend spend = days("2026-09-01", "2026-11-16", MonthForecastTest::officeHours);

    MonthForecast forecast = MonthForecast.of(spend, at("2026-11-16T00:00:00Z"));

    assertThat(forecast.soFar()).isEqualTo(Money.parse("110")); // 10 weekdays, 5 at weekends
    assertThat(forecast.rest()).isEqualTo(Money.parse("118")); // 11 weekdays, 4 at weekends
    assertThat(forecast.expected()).isEqualTo(Money.parse("228"));
    assertThat(forecast.low()).isEqualTo(Money.parse("228"));
    assertThat(forecast.high()).isEqualTo(Money.parse("228"));
    assertThat(forecast.nextMonth()).isEqualTo(Money.parse("246")); // 23 weekdays, 8 at weekends
    assertThat(forecast.backtest().medianError()).isZero();
    assertThat(forecast.backtest().days()).isEqualTo(15);
    // From 8 September on, as long as 15 days follow: to 1 November.
    assertThat(forecast.backtest().forecasts()).isEqualTo(55);
  }

  @Test
  void todayCountsForWhatIsLeftOfIt() {
    DailySpend spend = days("2026-10-01", "2026-11-30", day -> "8");
    spend.add(LocalDate.parse("2026-11-30"), Money.parse("5.123456789012"));

    MonthForecast forecast = MonthForecast.of(spend, at("2026-11-30T18:00:00Z"));

    assertThat(forecast.soFar()).isEqualTo(Money.parse("237.123456789012"));
    assertThat(forecast.rest()).isEqualTo(Money.parse("2"));
  }

  @Test
  void risenSpend_isForecastAtItsPresentLevel() {
    LocalDate rise = LocalDate.parse("2026-11-09");
    DailySpend spend = days("2026-10-01", "2026-11-16", day -> day.isBefore(rise) ? "10" : "30");

    MonthForecast forecast = MonthForecast.of(spend, at("2026-11-16T00:00:00Z"));

    assertThat(forecast.rest()).isEqualTo(Money.parse("450"));
    // Forecasts that were made before the rise fell short of what came.
    assertThat(forecast.high()).isGreaterThan(forecast.expected());
  }

  @Test
  void oneDearDay_foretellsNoOthers() {
    DailySpend spend =
        days("2026-10-01", "2026-11-16", day -> day.getDayOfMonth() == 12 ? "1000" : "10");

    assertThat(MonthForecast.of(spend, at("2026-11-16T00:00:00Z")).rest())
        .isEqualTo(Money.parse("150"));
  }

  @Test
  void shortHistory_givesTheMeanAndAWideRange() {
    DailySpend spend = days("2026-11-11", "2026-11-16", day -> "10");

    MonthForecast forecast = MonthForecast.of(spend, at("2026-11-16T00:00:00Z"));

    assertThat(forecast.isFounded()).isTrue();
    assertThat(forecast.backtest().isFounded()).isFalse();
    assertThat(forecast.expected()).isEqualTo(Money.parse("200"));
    // Half of 150 may be wrong: 1.28 times 75.
    assertThat(forecast.low()).isEqualTo(Money.parse("104"));
    assertThat(forecast.high()).isEqualTo(Money.parse("296"));
  }

  @Test
  void nothingKnown_isSaidToBeUnfounded() {
    MonthForecast forecast = MonthForecast.of(new DailySpend(), at("2026-11-16T12:00:00Z"));

    assertThat(forecast.isFounded()).isFalse();
    assertThat(forecast.expected()).isEqualTo(Money.ZERO);
  }

  @Test
  void backtest_looksLessFarAheadWhereTheHistoryIsShort() {
    // 20 days: forecasts from the 8th day on, and 8 of them at least, leave 6 days ahead.
    DailySpend spend = days("2026-10-12", "2026-11-01", day -> "10");

    Backtest backtest = MonthForecast.of(spend, at("2026-11-01T00:00:00Z")).backtest();

    assertThat(backtest.days()).isEqualTo(6);
    assertThat(backtest.forecasts()).isEqualTo(8);
  }

  @Test
  void growth_multipliesWhatIsStillToCome() {
    DailySpend spend = days("2026-10-01", "2026-11-16", day -> "10");
    MonthForecast forecast =
        MonthForecast.of(spend, at("2026-11-16T00:00:00Z")).grown(new BigDecimal("1.5"));

    assertThat(forecast.soFar()).isEqualTo(Money.parse("150"));
    assertThat(forecast.expected()).isEqualTo(Money.parse("375"));
    assertThat(forecast.nextMonth()).isEqualTo(Money.parse("465"));
  }

  @Test
  void daysOfTheZone_mayBeLongerThanOthers() {
    DailySpend spend = days("2026-10-01", "2026-10-25", day -> "25");

    // 25 October 2026 has 25 hours in Berlin; 20 of them are left at 4:00, summer time gone.
    ZonedDateTime now = ZonedDateTime.parse("2026-10-25T04:00:00+01:00[Europe/Berlin]");
    assertThat(MonthForecast.of(spend, now).rest()).isEqualTo(Money.parse("170"));
  }

  @Test
  void range_holdsMostOfWhatCameInMadeUpMonths() {
    int inside = 0;
    int months = 300;
    for (long seed = 1; seed <= months; seed++) {
      Random random = new Random(seed);
      DailySpend spend =
          days(
              "2026-08-01",
              "2026-12-01",
              day ->
                  BigDecimal.valueOf(
                          Double.parseDouble(officeHours(day))
                              * Math.exp(0.3 * random.nextGaussian()))
                      .setScale(6, java.math.RoundingMode.HALF_EVEN)
                      .toPlainString());
      LocalDate today = LocalDate.parse("2026-11-11");
      MonthForecast forecast = MonthForecast.of(spend, at("2026-11-11T00:00:00Z"));
      Money came = spend.between(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-01"));
      Money soFar = forecast.soFar().minus(spend.between(today, today.plusDays(1)));
      inside +=
          came.compareTo(soFar.plus(forecast.restLow())) >= 0
                  && came.compareTo(soFar.plus(forecast.restHigh())) <= 0
              ? 1
              : 0;
      assertThat(DailySpend.dollars(soFar.plus(forecast.rest())))
          .as("seed " + seed)
          .isCloseTo(DailySpend.dollars(came), within(0.35 * DailySpend.dollars(came)));
    }
    // Eight of ten, were the forecasts of the back-test independent of one another.
    assertThat(inside).isBetween(months * 6 / 10, months * 95 / 100);
  }

  private static String officeHours(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? "10" : "2";
  }

  private static DailySpend days(String from, String to, Function<LocalDate, String> dollars) {
    DailySpend spend = new DailySpend();
    LocalDate end = LocalDate.parse(to);
    for (LocalDate day = LocalDate.parse(from); day.isBefore(end); day = day.plusDays(1)) {
      spend.add(day, Money.parse(dollars.apply(day)));
    }
    return spend;
  }

  private static ZonedDateTime at(String time) {
    return ZonedDateTime.parse(time);
  }
}
