package io.tokenmeter.pricelists;

import java.time.DayOfWeek;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Weekdays in price lists: {@code mon}, {@code monday} or {@code 1}. */
final class Weekdays {

  private Weekdays() {}

  /** The weekday, or null if the text is none. */
  static @Nullable DayOfWeek parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.matches("[1-7]")) {
      return DayOfWeek.of(Integer.parseInt(name));
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      if (name.length() >= 3 && day.name().toLowerCase(Locale.ROOT).startsWith(name)) {
        return day;
      }
    }
    return null;
  }

  /** The three letters that {@link #parse} reads back. */
  static String text(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }
}
