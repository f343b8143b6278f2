package io.tokenmeter.domain.policy;

/**
 * One setting of a detector: name, type, default and documentation, written once.
 *
 * @param name as in policy files, such as {@code minimum.ratio}
 * @param type what it may be
 * @param defaultValue what holds where a policy does not say
 * @param doc one line for the reference page
 */
public record Setting<T>(String name, SettingType<T> type, T defaultValue, String doc) {
  private static final int MOST_SHOWN = 40;

  /** The default as a policy file has it. */
  public String defaultText() {
    return type.text(defaultValue);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException naming the setting, what it may be and what it is
   */
  public T read(String text) {
    try {
      return type.read(text.strip());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          name + " must be " + type.description() + ", not '" + shortened(text) + "'", e);
    }
  }

  /** A message must not carry whatever somebody has put into a record. */
  private static String shortened(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
