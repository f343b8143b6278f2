package io.tokenmeter.pricelists;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a price comes from and when it was looked up, kept in a row as one text: {@code URL
 * (2026-11-22)}.
 */
final class Sources {
  private static final Pattern DATED = Pattern.compile("(.*?) ?\\(([0-9]{4}-[0-9]{2}-[0-9]{2})\\)");

  private Sources() {}

  static @Nullable String join(@Nullable String source, @Nullable String date) {
    if (date == null) {
      return source;
    }
    return source == null ? "(" + date + ")" : source + " (" + date + ")";
  }

  /** The source without its date. */
  static @Nullable String text(@Nullable String source) {
    Matcher dated = DATED.matcher(source == null ? "" : source);
    String text = dated.matches() ? dated.group(1) : source;
    return text == null || text.isEmpty() ? null : text;
  }

  /** The date alone. */
  static @Nullable String date(@Nullable String source) {
    Matcher dated = DATED.matcher(source == null ? "" : source);
    return dated.matches() ? dated.group(2) : null;
  }
}
