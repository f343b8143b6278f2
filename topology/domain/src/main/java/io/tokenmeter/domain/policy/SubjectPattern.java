package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.rollup.Dimension;
import java.util.Comparator;

/**
 * The subjects that a policy is for, written {@code DIMENSION:GLOB}, such as {@code
 * api_key:prod-*}.
 *
 * <p>In the glob, {@code *} stands for any characters, also none, and {@code ?} for one; case
 * matters. {@code *} as dimension stands for all of them. A tag's dimension has a colon of its own:
 * {@code tag:env:prod-*}.
 *
 * @param dimension name of the dimension, or {@code *}
 * @param glob the keys; empty for usage that does not carry the dimension
 */
public record SubjectPattern(String dimension, String glob) {
  /** All subjects. */
  public static final SubjectPattern ALL = new SubjectPattern("*", "*");

  /**
   * The most specific pattern first: one that names the dimension before one for all; a key without
   * wildcards before one with; more letters before fewer; fewer stars before more; and at last by
   * the alphabet, so that the order is the same everywhere.
   */
  public static final Comparator<SubjectPattern> MOST_SPECIFIC_FIRST =
      Comparator.comparing(SubjectPattern::isForAllDimensions)
          .thenComparing(SubjectPattern::hasWildcards)
          .thenComparing(pattern -> -pattern.letters())
          .thenComparing(SubjectPattern::stars)
          .thenComparing(SubjectPattern::toString);

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it has not that form, or the dimension is none that a
   *     subject can have
   */
  public static SubjectPattern parse(String text) {
    int from = text.startsWith("tag:") ? "tag:".length() : 0;
    int colon = text.indexOf(':', from);
    if (colon < 1) {
      throw new IllegalArgumentException(
          "subject pattern '"
              + text
              + "' is not of the form DIMENSION:GLOB, such as team:helpdesk, api_key:prod-* or *:*");
    }
    String dimension = text.substring(0, colon);
    if (!dimension.equals("*") && Dimension.parse(dimension).isPair()) {
      throw new IllegalArgumentException(
          "subject pattern '" + text + "' names a pair; only single dimensions are watched");
    }
    return new SubjectPattern(dimension, text.substring(colon + 1));
  }

  /** Whether a subject is meant. */
  public boolean matches(Subject subject) {
    return (isForAllDimensions() || dimension.equals(subject.dimension()))
        && Glob.matches(glob, subject.key());
  }

  /** Whether exactly one subject is meant. */
  public boolean isOneSubject() {
    return !isForAllDimensions() && !hasWildcards();
  }

  private boolean isForAllDimensions() {
    return dimension.equals("*");
  }

  private boolean hasWildcards() {
    return letters() < glob.length();
  }

  private int letters() {
    return (int) glob.chars().filter(character -> !Glob.isWildcard(character)).count();
  }

  private int stars() {
    return (int) glob.chars().filter(character -> character == '*').count();
  }

  @Override
  public String toString() {
    return dimension + ":" + glob;
  }
}
