package io.tokenmeter.cli.forecast;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.domain.forecast.DailySpend;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.schemas.UsageRollup;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Spend by subject and day, taken from roll-ups of days. */
final class SubjectSpend {
  private final Map<String, DailySpend> bySubject = new TreeMap<>();
  private final DailySpend total = new DailySpend();
  private final @Nullable LocalDate before;
  private @Nullable ZoneId zone;
  private @Nullable LocalDate last;
  private long unpriced;

  /**
   * Takes roll-ups of days in, each window once.
   *
   * @param before the first day that is not looked at, or null for all days
   * @throws CommandFailedException if days begin in different zones
   */
  SubjectSpend(Collection<UsageRollup> days, @Nullable LocalDate before) {
    this.before = before;
    days.forEach(this::add);
  }

  private void add(UsageRollup rollup) {
    ZoneId ofRollup = ZoneId.of(rollup.getTimeZone());
    if (zone != null && !zone.equals(ofRollup)) {
      throw new CommandFailedException(
          "days of these roll-ups begin in "
              + zone
              + " and in "
              + ofRollup
              + ", because rollup.time.zone was changed; a forecast needs days of one kind");
    }
    zone = ofRollup;
    LocalDate day = day(rollup.getWindowStart(), ofRollup);
    if (before != null && !day.isBefore(before)) {
      return;
    }
    Money cost = Money.of(rollup.getCostUsd());
    String subject = subject(rollup);
    bySubject.computeIfAbsent(subject, name -> new DailySpend()).add(day, cost);
    total.add(day, cost);
    unpriced += rollup.getUnpricedRequests();
    last = last == null || day.isAfter(last) ? day : last;
  }

  private static LocalDate day(Instant start, ZoneId zone) {
    return LocalDate.ofInstant(start, zone);
  }

  private static String subject(UsageRollup rollup) {
    String key = rollup.getKey().isEmpty() ? "(none)" : rollup.getKey();
    return rollup.getSubKey() == null ? key : key + " / " + rollup.getSubKey();
  }

  Map<String, DailySpend> bySubject() {
    return bySubject;
  }

  DailySpend total() {
    return total;
  }

  /** Where days begin; null without any roll-up. */
  @Nullable ZoneId zone() {
    return zone;
  }

  /** The last day with any usage; null without any. */
  @Nullable LocalDate last() {
    return last;
  }

  /** Requests whose cost is missing because there is no price for them yet. */
  long unpriced() {
    return unpriced;
  }
}
