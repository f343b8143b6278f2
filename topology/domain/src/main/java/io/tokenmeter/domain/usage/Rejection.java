package io.tokenmeter.domain.usage;

import java.math.BigDecimal;
import java.util.Collection;

/**
 * A reason to reject an event, with a sentence that names the field. It never quotes free text,
 * which might hold what must not be logged.
 */
public record Rejection(RejectionReason reason, String message) {

  public static Rejection missing(String field) {
    return new Rejection(
        RejectionReason.MISSING_FIELD, field + " is required and is absent or empty");
  }

  public static Rejection malformed(String field, String expected) {
    return new Rejection(RejectionReason.MALFORMED_FIELD, field + " must be " + expected);
  }

  public static Rejection unknownValue(String field, Collection<String> allowed) {
    return new Rejection(
        RejectionReason.UNKNOWN_VALUE, field + " must be one of " + String.join(", ", allowed));
  }

  public static Rejection tooLong(String field, int length, int limit) {
    return new Rejection(
        RejectionReason.TEXT_TOO_LONG,
        field + " has " + length + " characters, more than the allowed " + limit);
  }

  static Rejection negative(String unit, BigDecimal quantity) {
    return new Rejection(
        RejectionReason.NEGATIVE_COUNT, unit + " is " + quantity.toPlainString() + ", below zero");
  }

  static Rejection implausible(String unit, BigDecimal quantity, long limit) {
    return new Rejection(
        RejectionReason.IMPLAUSIBLE_COUNT,
        unit + " is " + quantity.toPlainString() + ", more than the allowed " + limit);
  }

  static Rejection tooManyUnits(int limit) {
    return new Rejection(
        RejectionReason.IMPLAUSIBLE_COUNT,
        "extra_units has more than the allowed " + limit + " units besides tokens");
  }

  static Rejection fractionalTokens(String unit, long micros) {
    return new Rejection(
        RejectionReason.FRACTIONAL_TOKENS,
        unit + " is " + BigDecimal.valueOf(micros, 6).toPlainString() + ", but tokens are whole");
  }

  static Rejection reportedTwice(Unit unit, long first, long second) {
    return new Rejection(
        RejectionReason.CONTRADICTORY_COUNTS,
        unit.wireName() + " is reported twice, as " + first + " and as " + second);
  }

  static Rejection partsExceedTotal(Unit total, long count, long parts) {
    return new Rejection(
        RejectionReason.CONTRADICTORY_COUNTS,
        total.wireName() + " is " + count + ", but its reported parts add up to " + parts);
  }
}
