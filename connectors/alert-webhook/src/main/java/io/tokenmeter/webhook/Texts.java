package io.tokenmeter.webhook;

/** Cuts texts to the lengths that receivers take. */
final class Texts {
  private Texts() {}

  /** The text, with an ellipsis for what is beyond {@code length} characters. */
  static String shortened(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 1;
    // Half a surrogate pair is no character.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
