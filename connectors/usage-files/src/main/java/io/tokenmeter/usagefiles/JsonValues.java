package io.tokenmeter.usagefiles;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** JSON values read strictly: a number in quotes is not a number, 1.0 is not a whole number. */
final class JsonValues {

  private JsonValues() {}

  static String text(JsonParser json) throws IOException, UnreadableUsageException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw unexpected("a string", json);
    }
    return json.getText();
  }

  /** A whole number from min to max, both inclusive. */
  static long whole(JsonParser json, long min, long max)
      throws IOException, UnreadableUsageException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw unexpected("a whole number", json);
    }
    BigInteger value = json.getBigIntegerValue();
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new UnreadableUsageException("number out of range: " + Excerpt.of(json.getText()));
    }
    return value.longValue();
  }

  /**
   * A decimal with the given scale, exact. More decimals, or more digits before the point than the
   * precision leaves room for, are an error; nothing is rounded.
   */
  static BigDecimal decimal(JsonParser json, int precision, int scale)
      throws IOException, UnreadableUsageException {
    if (!json.currentToken().isNumeric()) {
      throw unexpected("a number", json);
    }
    BigDecimal value = decimalValue(json).stripTrailingZeros();
    // Before setScale, which would write out every digit of an exponent such as 1e999999999.
    if (value.scale() > scale) {
      throw new UnreadableUsageException(
          "more than " + scale + " decimals: " + Excerpt.of(json.getText()));
    }
    if ((long) value.precision() - value.scale() > precision - scale) {
      throw new UnreadableUsageException("number out of range: " + Excerpt.of(json.getText()));
    }
    return value.setScale(scale);
  }

  private static BigDecimal decimalValue(JsonParser json)
      throws IOException, UnreadableUsageException {
    try {
      return json.getDecimalValue();
    } catch (NumberFormatException e) {
      // What Jackson lets out of an exponent beyond 32 bits.
      throw new UnreadableUsageException("number out of range: " + Excerpt.of(json.getText()));
    }
  }

  static UnreadableUsageException unexpected(String expected, JsonParser json) throws IOException {
    String found =
        switch (json.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          case VALUE_STRING -> "the string " + Excerpt.of(json.getText());
          default -> json.getText();
        };
    return new UnreadableUsageException("expected " + expected + ", found " + found);
  }
}
