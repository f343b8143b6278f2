package io.tokenmeter.domain.price;

/**
 * Something wrong or odd in a price list.
 *
 * @param code stable name of the check, such as {@code UNIT_PRICED_TWICE}
 * @param row {@link PriceRow#key} of the row
 * @param message what is wrong and what to do about it
 */
public record Finding(Severity severity, String code, String row, String message) {

  /** Whether a list with such a finding may be published. */
  public enum Severity {
    /** It must not: the price would be wrong or unusable. */
    ERROR,
    /** It may, by a flag: the price is outside the usual. */
    WARNING
  }
}
