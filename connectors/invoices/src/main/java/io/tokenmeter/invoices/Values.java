package io.tokenmeter.invoices;

import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Values as exports spell them, and the error that names the line where they make no sense. */
final class Values {
  private static final int MOST_DIGITS = 20;
  private static final int DATE_LENGTH = "2026-11-22".length();

  private Values() {}

  /** A count; nothing for an empty text. Some exports write {@code 3.0}. */
  static @Nullable Long count(@Nullable String text, String name, int line)
      throws UnreadableDocumentException {
    BigDecimal number = number(text, name, line);
    try {
      return number == null ? null : number.longValueExact();
    } catch (ArithmeticException e) {
      throw new UnreadableDocumentException(line, name + " '" + text + "' is no whole number");
    }
  }

  /**
   * Dollars; nothing for an empty text. Providers write up to 30 decimals and exponents, such as
   * 0E-6176; what is beyond a pico-dollar is rounded half-even.
   */
  static @Nullable BigDecimal dollars(@Nullable String text, String name, int line)
      throws UnreadableDocumentException {
    BigDecimal number = number(text, name, line);
    return number == null ? null : number.setScale(Money.SCALE, RoundingMode.HALF_EVEN);
  }

  private static @Nullable BigDecimal number(@Nullable String text, String name, int line)
      throws UnreadableDocumentException {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      if (number.signum() == 0) {
        return BigDecimal.ZERO;
      }
      if ((long) number.precision() - number.scale() <= MOST_DIGITS) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UnreadableDocumentException(line, name + " '" + text + "' is no number");
  }

  /** The UTC day of a moment: a date, a time with an offset, or seconds since the epoch. */
  static LocalDate day(@Nullable String text, String name, int line)
      throws UnreadableDocumentException {
    try {
      if (text != null && text.matches("\\d{9,11}")) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(text)), ZoneOffset.UTC);
      }
      if (text != null && text.length() > DATE_LENGTH) {
        return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
      }
      if (text != null) {
        return LocalDate.parse(text.strip());
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new UnreadableDocumentException(
        line,
        text == null
            ? name + " is missing"
            : name + " '" + text + "' is no day; write it as 2026-11-22");
  }

  /** Tokenmeter counts in dollars; an amount in another currency would be taken for dollars. */
  static void requireDollars(@Nullable String currency, int line)
      throws UnreadableDocumentException {
    if (currency != null && !currency.isBlank() && !currency.equalsIgnoreCase("usd")) {
      throw new UnreadableDocumentException(
          line, "amounts are in '" + currency + "'; only US dollars can be compared");
    }
  }
}
