package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.drivers.Dollars;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Says in one sentence or two what a person can act on. */
final class Sentence {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm 'UTC'");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'");

  private final Subject subject;
  private final SpendWindow window;
  private final double expected;
  private final double observedAnHour;
  private final double expectedAnHour;
  private final String since;
  private final long nowMicros;

  Sentence(Subject subject, SpendWindow window, double expected, long sinceMicros, long nowMicros) {
    this.subject = subject;
    this.window = window;
    observedAnHour = window.dollars() * 60 / window.minutes();
    this.expected = expected;
    expectedAnHour = expected * 60 / window.minutes();
    since = time(sinceMicros, nowMicros);
    this.nowMicros = nowMicros;
  }

  String begins(List<Driver> drivers) {
    boolean up = window.dollars() > expected;
    return subject
        + " spends "
        + Dollars.text(observedAnHour)
        + " an hour, "
        + compared()
        + ", since "
        + since
        + explained(drivers)
        + (up ? ". At this rate it costs " : ". At this rate it spends ")
        + Dollars.text(Math.abs(window.moreADay(expected)))
        + (up ? " more a day." : " less a day; if nobody has switched it off, it may be failing.");
  }

  String ends(boolean accepted) {
    return subject
        + (accepted ? " stays at " : " is back to normal after ")
        + Dollars.text(observedAnHour)
        + " an hour"
        + (accepted ? ", which is its usual spend from now on; since " : "; since ")
        + since
        + " it spent "
        + difference()
        + ".";
  }

  /**
   * That another cause has come on top.
   *
   * @param secondMicros when that began
   */
  String isSurpassed(long secondMicros) {
    return subject
        + " spent "
        + difference()
        + " since "
        + since
        + "; what began at "
        + time(secondMicros, nowMicros)
        + " is several times that, and has an alert of its own.";
  }

  private String difference() {
    double excess = window.dollars() - expected;
    return Dollars.text(Math.abs(excess)) + (excess >= 0 ? " more" : " less") + " than usual";
  }

  private String compared() {
    String usual = "its usual " + Dollars.text(expectedAnHour);
    if (expectedAnHour < 1e-6) {
      return "where it usually spends nothing";
    }
    double ratio = observedAnHour / expectedAnHour;
    return ratio >= 0.995
        ? String.format(Locale.ROOT, ratio < 99.95 ? "%,.1f" : "%,.0f", ratio) + " times " + usual
        : String.format(Locale.ROOT, "%.0f%% of ", 100 * ratio) + usual;
  }

  /** The part of the strongest driver, and of the next if it matters too. */
  private String explained(List<Driver> drivers) {
    if (drivers.isEmpty()) {
      return "";
    }
    Driver first = drivers.get(0);
    return "; "
        + first.kind().label()
        + " explains "
        + Dollars.text(Math.abs(Dollars.of(first.part())) * 60 / window.minutes())
        + " of it ("
        + first.detail()
        + ")";
  }

  private static String time(long micros, long nowMicros) {
    LocalDateTime at = utc(micros);
    boolean today = at.toLocalDate().equals(utc(nowMicros).toLocalDate());
    return (today ? TIME : DAY).withLocale(Locale.ROOT).format(at);
  }

  private static LocalDateTime utc(long micros) {
    return LocalDateTime.ofInstant(
        Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)), ZoneOffset.UTC);
  }
}
