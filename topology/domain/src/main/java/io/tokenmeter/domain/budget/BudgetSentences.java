package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What is said of a budget in one period, for a person. */
final class BudgetSentences {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private final Budget budget;
  private final ZoneId zone;
  private final long start;
  private final long end;
  private final Money spent;

  BudgetSentences(Budget budget, ZoneId zone, long start, long end, Money spent) {
    this.budget = budget;
    this.zone = zone;
    this.start = start;
    this.end = end;
    this.spent = spent;
  }

  /** A threshold is reached. */
  String reached(SpendOutlook outlook) {
    return name(budget.subject()) + " has spent " + share(start, spent) + prospect(outlook) + ".";
  }

  /** The limit is going to be crossed. */
  String forecast(SpendOutlook outlook, Money projected) {
    return "%s is going to spend more than its %s for %s: %s (%s) is spent, at the present rate the limit is reached on %s, and %s is spent by the end."
        .formatted(
            name(budget.subject()),
            dollars(budget.limit()),
            label(start),
            dollars(spent),
            percent(spent),
            around(outlook.reached(left(), end)),
            dollars(projected));
  }

  /** The period of an alert has ended. */
  String periodIsOver(long ofPeriod, Money spentThen) {
    return "%s is over: %s spent %s."
        .formatted(label(ofPeriod), name(budget.subject()), share(ofPeriod, spentThen));
  }

  /** The limit was raised above what is spent. */
  String raised() {
    return "The limit was raised: " + isAt();
  }

  /** A correction has taken the spend back below the threshold, or nobody raised the limit. */
  String corrected() {
    return "The spend was corrected: " + isAt();
  }

  String thresholdRemoved(int percent) {
    return "The threshold of %d %% was removed: %s".formatted(percent, isAt());
  }

  /** The limit that was forecast to be crossed is. */
  String limitIsReached() {
    return "What was forecast has come: " + isAt();
  }

  String withdrawn(Money projected) {
    return "The limit is no longer going to be reached: %s is expected to spend %s."
        .formatted(name(budget.subject()), share(start, projected));
  }

  String notWatched() {
    return "The budget of " + name(budget.subject()) + " is no longer watched for this.";
  }

  static String removed(Subject subject) {
    return "The budget of " + name(subject) + " was removed or replaced.";
  }

  private String isAt() {
    return name(budget.subject()) + " has spent " + share(start, spent) + ".";
  }

  /** {@code $41.20 of its $50 for November (82 %)}. */
  private String share(long period, Money amount) {
    return "%s of its %s for %s (%s)"
        .formatted(dollars(amount), dollars(budget.limit()), label(period), percent(amount));
  }

  private String prospect(SpendOutlook outlook) {
    if (!outlook.isFounded()) {
      return "";
    }
    if (budget.isReached(100, spent)) {
      return "; at the present rate it spends %s more by its end"
          .formatted(dollars(SpendOutlook.cents(outlook.expectedUntil(end))));
    }
    long reached = outlook.reached(left(), end);
    return reached < end
        ? "; at the present rate the limit is reached on " + around(reached)
        : "; at the present rate the limit is not reached";
  }

  private double left() {
    return SpendOutlook.dollars(budget.limit().minus(spent));
  }

  private String label(long period) {
    return (budget.period() == BudgetPeriod.DAY ? DAY : MONTH).format(at(period));
  }

  /** An estimated time, to the hour in a month and to ten minutes in a day. */
  private String around(long minute) {
    int step = budget.period() == BudgetPeriod.DAY ? 10 : 60;
    ZonedDateTime nearest = at(Math.min(end - 1, minute + step / 2));
    ZonedDateTime time = nearest.minusMinutes(nearest.getMinute() % step);
    return DAY.format(time) + " around " + TIME.format(time) + " " + zone.getId();
  }

  private ZonedDateTime at(long minute) {
    return Instant.ofEpochSecond(minute * 60).atZone(zone);
  }

  /** Rounded down, so that 100 % is never said too early. */
  private String percent(Money amount) {
    return amount
            .toBigDecimal()
            .multiply(BigDecimal.valueOf(100))
            .divide(budget.limit().toBigDecimal(), 0, RoundingMode.FLOOR)
            .toPlainString()
        + " %";
  }

  private static String name(Subject subject) {
    return subject.key().isEmpty() ? "usage without " + subject.dimension() : subject.toString();
  }

  /** Dollars to the cent, rounded down; whole dollars without cents, and small amounts in full. */
  private static String dollars(Money money) {
    BigDecimal amount = money.toBigDecimal();
    BigDecimal cents = amount.setScale(2, RoundingMode.DOWN);
    if (cents.signum() == 0) {
      return "$" + money.toPlainString();
    }
    boolean whole = cents.stripTrailingZeros().scale() <= 0;
    return (cents.signum() < 0 ? "-$" : "$")
        + String.format(Locale.ROOT, whole ? "%,.0f" : "%,.2f", cents.abs());
  }
}
