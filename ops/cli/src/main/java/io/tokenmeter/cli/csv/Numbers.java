package io.tokenmeter.cli.csv;

import java.util.Locale;
import java.util.Set;

/** Readings as files spell them; one that is missing is not a number. */
public final class Numbers {

  private static final Set<String> MISSING =
      Set.of("", "-", "nan", "na", "n/a", "#n/a", "null", "none", "nil", "missing");

  private Numbers() {}

  /** Whether the text says that there is no reading. */
  public static boolean isMissing(String text) {
    return text.length() <= 7 && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * The reading, NaN where it is missing or infinite.
   *
   * @throws NumberFormatException if the text is neither a number nor a way to say that it is
   *     missing
   */
  public static double parse(String text) {
    if (isMissing(text)) {
      return Double.NaN;
    }
    char last = text.charAt(text.length() - 1);
    if (!Character.isDigit(last) && last != '.' && !isInfinite(text)) {
      throw new NumberFormatException(text); // Java would take 1d and 1f
    }
    double value = isInfinite(text) ? Double.NaN : Double.parseDouble(text);
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  private static boolean isInfinite(String text) {
    String word = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    return word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity");
  }
}
