package io.tokenmeter.domain.price;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells how closely a row names a model: by its exact name, else by the most specific of its
 * patterns (equal, then the longest beginning or end, then the longest inner part, then a regular
 * expression).
 */
final class ModelMatcher {

  static final int NO_MATCH = -1;

  private static final int LENGTHS = 1 << 16;
  private static final int REGEX = 0;
  private static final int CONTAINS = LENGTHS;
  private static final int STARTS_OR_ENDS = 2 * LENGTHS;
  private static final int EQUALS = 3 * LENGTHS;
  private static final int EXACT = 4 * LENGTHS;

  private final String model;
  private final List<ModelPattern> patterns = new ArrayList<>();
  private final List<Pattern> regexes = new ArrayList<>();

  /**
   * @throws java.util.regex.PatternSyntaxException if a regular expression does not compile
   */
  ModelMatcher(PriceRow row) {
    model = row.model();
    patterns.add(ModelPattern.equalTo(lowerCase(model)));
    for (ModelPattern pattern : row.patterns()) {
      if (pattern.kind() == ModelPattern.Kind.REGEX) {
        regexes.add(Pattern.compile(pattern.text(), Pattern.CASE_INSENSITIVE));
      } else {
        patterns.add(new ModelPattern(pattern.kind(), lowerCase(pattern.text())));
      }
    }
  }

  int specificity(String name) {
    if (name.equals(model)) {
      return EXACT;
    }
    String lower = lowerCase(name);
    int best = NO_MATCH;
    for (ModelPattern pattern : patterns) {
      best = Math.max(best, specificity(pattern, lower));
    }
    if (best == NO_MATCH && regexes.stream().anyMatch(regex -> regex.matcher(name).find())) {
      best = REGEX;
    }
    return best;
  }

  private static int specificity(ModelPattern pattern, String name) {
    String text = pattern.text();
    int length = Math.min(text.length(), LENGTHS - 1);
    return switch (pattern.kind()) {
      case EQUALS -> name.equals(text) ? EQUALS : NO_MATCH;
      case STARTS_WITH -> name.startsWith(text) ? STARTS_OR_ENDS + length : NO_MATCH;
      case ENDS_WITH -> name.endsWith(text) ? STARTS_OR_ENDS + length : NO_MATCH;
      case CONTAINS -> name.contains(text) ? CONTAINS + length : NO_MATCH;
      case REGEX -> NO_MATCH; // kept apart, compiled
    };
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
