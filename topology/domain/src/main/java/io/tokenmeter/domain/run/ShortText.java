package io.tokenmeter.domain.run;

import org.jspecify.annotations.Nullable;

/** Texts cut to a length, so that a run's state has a bound whatever its producer writes. */
final class ShortText {
  private ShortText() {}

  /** The text, with an ellipsis for what is beyond {@code length} characters. */
  static String of(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 1;
    // Half a surrogate pair would not survive UTF-8.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  static @Nullable String ofNullable(@Nullable String text, int length) {
    return text == null ? null : of(text, length);
  }
}
