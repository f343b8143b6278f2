package io.tokenmeter.cli.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;

/** Figures as people read them, the same in every locale. */
public final class Figures {

  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);
  private static final String[] MAGNITUDES = {"", "k", "M", "G", "T"};

  private Figures() {}

  /** 1234567 as 1,234,567. */
  public static String count(long count) {
    return new DecimalFormat("#,##0", SYMBOLS).format(count);
  }

  /** So many of something: 1 step, 1,234 steps, 2 retries. */
  public static String counted(long count, String one) {
    String many = one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    return count(count) + " " + (count == 1 ? one : many);
  }

  /** 1234567 as 1.2M, for columns where only the size matters. */
  public static String compact(long count) {
    int magnitude = 0;
    long unit = 1;
    while (magnitude < MAGNITUDES.length - 1 && Math.abs(count / unit) >= 1000) {
      unit *= 1000;
      magnitude++;
    }
    if (magnitude == 0) {
      return Long.toString(count);
    }
    BigDecimal scaled = BigDecimal.valueOf(count).divide(BigDecimal.valueOf(unit));
    int decimals = scaled.abs().compareTo(BigDecimal.TEN) < 0 ? 1 : 0;
    return scaled.setScale(decimals, RoundingMode.DOWN).toPlainString() + MAGNITUDES[magnitude];
  }

  /** Dollars with the given number of decimals, cut off so that a sum never shows too much. */
  public static String dollars(BigDecimal usd, int decimals) {
    String pattern = "#,##0" + (decimals == 0 ? "" : "." + "0".repeat(decimals));
    BigDecimal shown = usd.setScale(decimals, RoundingMode.DOWN);
    return (shown.signum() < 0 ? "-$" : "$")
        + new DecimalFormat(pattern, SYMBOLS).format(shown.abs());
  }

  /** An amount in full: every decimal that is not zero, no exponent. */
  public static String exact(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  /** An amount in full, with at least two decimals and grouped: 1,234.50 or 0.00775. */
  public static String amount(BigDecimal amount) {
    BigDecimal shortest = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    int decimals = Math.max(2, shortest.scale());
    return new DecimalFormat("#,##0." + "0".repeat(decimals), SYMBOLS).format(shortest);
  }

  /** A running time as minutes and seconds, 1:05; with hours from the first on. */
  public static String clock(Duration time) {
    return time.toHours() > 0
        ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }

  /** A length of time in its largest whole unit, such as 7 d or 90 min. */
  public static String span(Duration time) {
    long millis = time.toMillis();
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + " d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + " h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + " min";
    }
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
