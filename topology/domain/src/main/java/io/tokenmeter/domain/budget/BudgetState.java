package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is remembered of one budget: spend by the hour or the day, and the alerts that fire. Bounded
 * by the period and its history: some 200 hours or 70 days. Not thread-safe.
 *
 * <p>Times are minutes since the epoch, unless their name says micros.
 */
public final class BudgetState {
  /** An alert that fires. */
  record Open(String cause, int percent, long sinceMicros, Money threshold) {}

  /** Stands for the forecast where others have their threshold in percent. */
  static final int FORECAST = 0;

  final Subject subject;
  final BudgetPeriod period;
  final WindowCalendar calendar;
  private boolean changed = true;
  final TreeMap<Long, Money> buckets = new TreeMap<>();
  final List<Open> open = new ArrayList<>();
  Money limit;
  long periodStart = Long.MIN_VALUE;
  long nowMicros = Long.MIN_VALUE;
  boolean forecastDone;

  /** When the forecast is due again; not remembered, so a restarted task looks at once. */
  long nextForecastMicros = Long.MIN_VALUE;

  BudgetState(Subject subject, BudgetPeriod period, ZoneId zone, Money limit) {
    this.subject = subject;
    this.period = period;
    this.calendar = new WindowCalendar(zone);
    this.limit = limit;
  }

  /** A budget for which nothing was spent yet. */
  public static BudgetState of(Budget budget) {
    return new BudgetState(budget.subject(), budget.period(), budget.zone(), budget.limit());
  }

  /** Whether this state can go on for a budget, which may have another limit or thresholds. */
  public boolean isOf(Budget budget) {
    return subject.equals(budget.subject())
        && period == budget.period()
        && calendar.zone().equals(budget.zone());
  }

  /**
   * Adds what was spent in a minute; negative where an earlier amount is corrected. What is older
   * than the history changes nothing.
   */
  public void add(long minute, Money cost) {
    boolean matters = periodStart == Long.MIN_VALUE || minute >= historyStartOf(periodStart);
    if (matters && cost.signum() != 0) {
      buckets.merge(calendar.start(period.bucket(), minute), cost, Money::plus);
      changed = true;
    }
  }

  /** The earliest minute whose spend still matters at a time. */
  public long historyStart(long nowMicros) {
    return historyStartOf(calendar.start(period.window(), WindowCalendar.minuteOf(nowMicros)));
  }

  private long historyStartOf(long start) {
    return calendar.start(period.bucket(), start - period.historyMinutes());
  }

  /** End, exclusive, of the hour or day by which the spend of a minute is kept. */
  public long bucketEnd(long minute) {
    return calendar.end(period.bucket(), calendar.start(period.bucket(), minute));
  }

  Money spentBetween(long start, long end) {
    NavigableMap<Long, Money> within = buckets.subMap(start, true, end, false);
    return within.values().stream().reduce(Money.ZERO, Money::plus);
  }

  /** Whether it must be written down: something is different since the last call. */
  public boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** A period begins; lets go of spend that is older than its history. */
  void begin(long start) {
    periodStart = start;
    forecastDone = false;
    nextForecastMicros = Long.MIN_VALUE;
    buckets.headMap(historyStartOf(start)).clear();
    changed = true;
  }

  boolean isOpen(int percent) {
    return open.stream().anyMatch(alert -> alert.percent() == percent);
  }

  void open(Open alert) {
    open.add(alert);
    changed = true;
  }

  void close(Open alert) {
    open.remove(alert);
    changed = true;
  }

  void limit(Money newLimit) {
    changed |= !limit.equals(newLimit);
    limit = newLimit;
  }

  /** The compact form. */
  public byte[] encode() {
    return BudgetCodec.encode(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static BudgetState decode(byte[] bytes) {
    return BudgetCodec.decode(bytes);
  }
}
