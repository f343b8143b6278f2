package io.tokenmeter.documents;

import java.util.Collection;
import java.util.Locale;

/** A hint at what somebody may have meant. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * For the commonest slips: case, dashes, a missing or superfluous plural; empty where none helps.
   */
  public static String of(String name, Collection<String> known) {
    String plain = letters(name);
    return known.stream()
        .filter(candidate -> letters(candidate).equals(plain))
        .map(candidate -> "; did you mean '" + candidate + "'?")
        .findFirst()
        .orElse("");
  }

  private static String letters(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return letters.endsWith("s") ? letters.substring(0, letters.length() - 1) : letters;
  }
}
