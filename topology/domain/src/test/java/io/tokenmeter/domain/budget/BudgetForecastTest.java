package io.tokenmeter.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetForecastTest {

  @Test
  void steadySpend_isForecastToCrossTheLimitOnceItIsSure() {
    // $3 a day are $90 in November. Sure from an eighth of the month on: the 4th at 18:00.
    Watched watched = Watched.monthly("50", "UTC", "2026-10-01T12:00:00Z");
    days(watched, 31, "3");
    watched.drain();
    assertThat(watched.now).isEqualTo("2026-11-01T12:00:00Z");
    days(watched, 3, "3");
    assertThat(watched.found()).isEmpty();

    watched.at("2026-11-04T20:00:00Z");
    List<Finding> findings = watched.drain();
    assertThat(findings).hasSize(1);
    Finding forecast = findings.get(0);
    assertThat(forecast.cause()).isEqualTo("helpdesk forecast");
    assertThat(forecast.observed()).isEqualTo(Money.parse("9"));
    // 26 days and 4 hours at $3 a day.
    assertThat(forecast.expected()).isEqualTo(Money.parse("87.5"));
    assertThat(forecast.threshold()).isEqualTo(Money.parse("50"));
    // $37.50 too much in 26.17 days.
    assertThat(forecast.atStake()).isEqualTo(Money.parse("1.43"));
    // $41 more take 13 days and 16 hours.
    assertThat(forecast.sentence())
        .isEqualTo(
            "team:helpdesk is going to spend more than its $50 for November: $9 (18 %) is spent, at"
                + " the present rate the limit is reached on 18 November around 12:00 UTC, and"
                + " $87.50 is spent by the end.");
  }

  @Test
  void forecast_firesOnceAPeriodAndEndsWhenTheLimitIsReached() {
    Watched watched = Watched.monthly("50", "UTC", "2026-10-01T12:00:00Z");
    days(watched, 31, "3");
    watched.drain();
    days(watched, 28, "3");

    assertThat(watched.found()).containsExactly("+forecast", "+50%", "+80%", "-forecast", "+100%");
  }

  @Test
  void forecastThatIsNotTrueAnyMore_isWithdrawnAndNotMadeAgain() {
    Watched watched = Watched.monthly("50", "UTC", "2026-10-01T12:00:00Z");
    days(watched, 31, "3");
    days(watched, 5, "3");
    assertThat(watched.found()).contains("+forecast");

    days(watched, 7, "0.1");
    List<Finding> found = watched.drain();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).firing()).isFalse();
    assertThat(found.get(0).sentence())
        .startsWith(
            "The limit is no longer going to be reached: team:helpdesk is expected to spend $");

    days(watched, 3, "3");
    assertThat(watched.found()).doesNotContain("+forecast");
  }

  @Test
  void raisedLimit_withdrawsTheForecastAtOnce() {
    Watched watched = Watched.monthly("50", "UTC", "2026-10-01T12:00:00Z");
    days(watched, 36, "3");
    assertThat(watched.found()).contains("+forecast");

    assertThat(watched.limit("200").found()).containsExactly("-forecast");
    assertThat(watched.limit("50").found()).containsExactly("+forecast");
  }

  @Test
  void policyWithoutForecast_makesNone() {
    Watched watched = Watched.monthly("50", "UTC", "2026-10-01T12:00:00Z").thresholdsOnly();
    days(watched, 45, "3");
    assertThat(watched.found()).doesNotContain("+forecast");
  }

  @Test
  void oneDearDay_foretellsNoOther() {
    Watched watched = Watched.monthly("100", "UTC", "2026-10-01T12:00:00Z");
    days(watched, 31, "2");
    days(watched, 4, "2");
    watched.spend("30");
    days(watched, 3, "2");

    // $30 once and $60 in all of November stay below.
    assertThat(watched.found()).doesNotContain("+forecast");
  }

  @Test
  void weekendsThatAreQuiet_areKnown() {
    // $10 on weekdays, nothing at weekends: November 2026 has 21 weekdays, $210.
    Watched watched = Watched.monthly("215", "UTC", "2026-09-28T12:00:00Z");
    weekdays(watched, 63, "10");
    assertThat(watched.now).isEqualTo("2026-11-30T12:00:00Z");
    assertThat(watched.found()).doesNotContain("+forecast");
  }

  @Test
  void nightThatIsQuiet_isKnown() {
    // $5 an hour from 8 to 18 are $50 a day.
    Watched watched = Watched.daily("55", "UTC", "2026-11-02T00:30:00Z");
    for (int hour = 0; hour < 24 * 5; hour++) {
      int ofDay = watched.now.atZone(ZoneOffset.UTC).getHour();
      watched.spend(ofDay >= 8 && ofDay < 18 ? "5" : "0").after(Duration.ofHours(1));
    }
    assertThat(watched.found()).doesNotContain("+forecast");
  }

  /**
   * Half of the subjects stay below 90 % of their limit and half go over 130 %, with a week's
   * rhythm, noise of a third a day and a dear day now and then.
   */
  @Test
  void noisyMonths_areForecastRightly() {
    int falseAlarms = 0;
    int seen = 0;
    double leadDays = 0;
    int subjects = 200;
    for (long seed = 0; seed < subjects; seed++) {
      Random random = new Random(seed);
      boolean crosses = seed % 2 == 0;
      double[] months = new double[2];
      double[] days = new double[61];
      Instant start = Instant.parse("2026-10-01T12:00:00Z");
      for (int day = 0; day < days.length; day++) {
        ZonedDateTime date = start.plus(Duration.ofDays(day)).atZone(ZoneOffset.UTC);
        double weekend = date.getDayOfWeek().getValue() > 5 ? 0.3 : 1;
        double dear = random.nextInt(25) == 0 ? 3 : 1;
        days[day] = 10 * weekend * dear * Math.exp(0.33 * random.nextGaussian());
        months[day < 31 ? 0 : 1] += days[day];
      }
      double limit = crosses ? months[1] / 1.3 : months[1] / 0.9;
      Watched watched = Watched.monthly(cents(limit), "UTC", start.toString());
      Instant forecast = null;
      Instant crossed = null;
      for (double dollars : days) {
        watched.spend(cents(dollars)).after(Duration.ofDays(1));
        if (watched.now.isAfter(Instant.parse("2026-11-01T00:00:00Z"))) {
          for (String found : watched.found()) {
            forecast = found.equals("+forecast") ? watched.now : forecast;
            crossed = found.equals("+100%") ? watched.now : crossed;
          }
        }
        watched.drain();
      }
      if (crosses && forecast != null && crossed != null && forecast.isBefore(crossed)) {
        seen++;
        leadDays += Duration.between(forecast, crossed).toHours() / 24.0;
      } else if (!crosses && forecast != null) {
        falseAlarms++;
      }
    }
    assertThat(seen).as("forecast before the limit was crossed").isGreaterThanOrEqualTo(95);
    assertThat(falseAlarms).as("forecast, but not crossed").isLessThanOrEqualTo(3);
    assertThat(leadDays / seen).as("days ahead").isGreaterThan(5);
  }

  private static String cents(double dollars) {
    return BigDecimal.valueOf(dollars).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static void days(Watched watched, int days, String dollars) {
    for (int day = 0; day < days; day++) {
      watched.spend(dollars).after(Duration.ofDays(1));
    }
  }

  private static void weekdays(Watched watched, int days, String dollars) {
    for (int day = 0; day < days; day++) {
      boolean weekend = watched.now.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() > 5;
      watched.spend(weekend ? "0" : dollars).after(Duration.ofDays(1));
    }
  }
}
