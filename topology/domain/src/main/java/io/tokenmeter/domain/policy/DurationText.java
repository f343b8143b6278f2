package io.tokenmeter.domain.policy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 7d}. */
final class DurationText {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  private DurationText() {}

  /**
   * Reads a length of time.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Duration read(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    return Duration.ofDays(number(parts, 1))
        .plusHours(number(parts, 2))
        .plusMinutes(number(parts, 3))
        .plusSeconds(number(parts, 4));
  }

  /** The shortest text of a length of time; fractions of a second are left out. */
  static String of(Duration time) {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("d", time.toDays());
    parts.put("h", (long) time.toHoursPart());
    parts.put("m", (long) time.toMinutesPart());
    parts.put("s", (long) time.toSecondsPart());
    StringBuilder text = new StringBuilder();
    parts.forEach((unit, number) -> text.append(number == 0 ? "" : number + unit));
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
