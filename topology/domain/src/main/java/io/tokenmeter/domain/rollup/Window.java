package io.tokenmeter.domain.rollup;

/** Lengths of a roll-up's window. A coarser one is made of whole finer ones. */
public enum Window {
  /** One minute. */
  MINUTE,
  /** One hour of the configured zone. */
  HOUR,
  /** One day of the configured zone. */
  DAY,
  /** One calendar month of the configured zone. */
  MONTH;

  private static final Window[] ALL = values();

  /** The window with the given ordinal, 0 to 3. */
  public static Window ofOrdinal(int ordinal) {
    return ALL[ordinal];
  }
}
