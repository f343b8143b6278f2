package io.tokenmeter.domain.price;

/**
 * A pattern for the names a provider gives to one model, such as dated versions. Case is ignored.
 *
 * @param text what the name must equal, start with, end with or contain; or a regular expression
 *     that must be found in it
 */
public record ModelPattern(Kind kind, String text) {

  /** How the text is compared. */
  public enum Kind {
    EQUALS,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS,
    REGEX
  }

  public static ModelPattern equalTo(String text) {
    return new ModelPattern(Kind.EQUALS, text);
  }

  public static ModelPattern startsWith(String text) {
    return new ModelPattern(Kind.STARTS_WITH, text);
  }

  public static ModelPattern endsWith(String text) {
    return new ModelPattern(Kind.ENDS_WITH, text);
  }

  public static ModelPattern contains(String text) {
    return new ModelPattern(Kind.CONTAINS, text);
  }

  public static ModelPattern regex(String text) {
    return new ModelPattern(Kind.REGEX, text);
  }
}
