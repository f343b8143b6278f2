package io.tokenmeter.domain.price;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Checks a row's time-of-day windows: their zones, and whether two of them overlap. */
final class WindowCheck {

  /** A Monday; a week from here shows every weekday. */
  private static final LocalDate SOME_MONDAY = LocalDate.of(2025, 1, 6);

  private WindowCheck() {}

  static void check(PriceRow row, RowFindings findings) {
    boolean zonesKnown = true;
    for (TimeWindow window : row.windows()) {
      zonesKnown &= checkZone(window, findings);
    }
    if (zonesKnown) {
      checkOverlaps(row.windows(), findings);
    }
  }

  private static boolean checkZone(TimeWindow window, RowFindings findings) {
    try {
      ZoneId.of(window.zone());
      return true;
    } catch (DateTimeException e) {
      findings.error(
          "UNKNOWN_ZONE",
          "Window "
              + window.name()
              + " is in the unknown time zone "
              + window.zone()
              + ". Use an IANA name or an offset, such as Asia/Shanghai or Z.");
      return false;
    }
  }

  private static void checkOverlaps(List<TimeWindow> windows, RowFindings findings) {
    for (int i = 0; i < windows.size(); i++) {
      for (int j = i + 1; j < windows.size(); j++) {
        TimeWindow first = windows.get(i);
        TimeWindow second = windows.get(j);
        if (startsWithin(first, second) || startsWithin(second, first)) {
          findings.warning(
              "WINDOWS_OVERLAP",
              "Windows "
                  + first.name()
                  + " and "
                  + second.name()
                  + " overlap; where they do, "
                  + first.name()
                  + " applies because it stands first. Make them disjoint.");
        }
      }
    }
  }

  /** Whether some start of {@code inner} lies in {@code outer}, in a week without clock changes. */
  private static boolean startsWithin(TimeWindow inner, TimeWindow outer) {
    WindowClock clock = new WindowClock(outer);
    return SOME_MONDAY
        .datesUntil(SOME_MONDAY.plusWeeks(1))
        .filter(day -> inner.weekdays().isEmpty() || inner.weekdays().contains(day.getDayOfWeek()))
        .map(day -> day.atTime(inner.start()).atZone(ZoneId.of(inner.zone())).toInstant())
        .anyMatch(start -> clock.contains(start.getEpochSecond() * 1_000_000));
  }
}
