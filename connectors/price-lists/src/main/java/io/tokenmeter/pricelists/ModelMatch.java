package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.price.ModelPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The match logic of genai-prices ({@code equals}, {@code starts_with}, {@code ends_with}, {@code
 * contains}, {@code regex}, {@code or}, {@code and}) as the patterns of a price row. Case is
 * ignored, as it is there.
 */
final class ModelMatch {
  private static final Set<String> KEYS =
      Set.of("equals", "starts_with", "ends_with", "contains", "regex", "or", "and");

  private ModelMatch() {}

  /** Something in match logic that cannot be understood. */
  static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    NotUnderstood(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  /** The alternatives of a match; an {@code and} becomes one regular expression. */
  static List<ModelPattern> patterns(Node match) throws NotUnderstood {
    Node.Entry clause = clause(match);
    if (clause.key().equals("or")) {
      List<ModelPattern> patterns = new ArrayList<>();
      for (Node part : parts(clause)) {
        patterns.addAll(patterns(part));
      }
      return patterns;
    }
    if (clause.key().equals("and")) {
      return List.of(ModelPattern.regex(checked(lookAheads(clause), clause.line())));
    }
    String text = text(clause);
    return List.of(
        switch (clause.key()) {
          case "equals" -> ModelPattern.equalTo(text);
          case "starts_with" -> ModelPattern.startsWith(text);
          case "ends_with" -> ModelPattern.endsWith(text);
          case "contains" -> ModelPattern.contains(text);
          default -> ModelPattern.regex(checked(text, clause.line()));
        });
  }

  /** Whether every name that {@code special} matches is also matched by {@code general}. */
  static boolean covers(ModelPattern general, ModelPattern special) {
    String wide = general.text().toLowerCase(Locale.ROOT);
    String narrow = special.text().toLowerCase(Locale.ROOT);
    ModelPattern.Kind kind = special.kind();
    if (kind == ModelPattern.Kind.REGEX) {
      return general.equals(special);
    }
    return switch (general.kind()) {
      case EQUALS -> kind == ModelPattern.Kind.EQUALS && wide.equals(narrow);
      case STARTS_WITH ->
          (kind == ModelPattern.Kind.EQUALS || kind == ModelPattern.Kind.STARTS_WITH)
              && narrow.startsWith(wide);
      case ENDS_WITH ->
          (kind == ModelPattern.Kind.EQUALS || kind == ModelPattern.Kind.ENDS_WITH)
              && narrow.endsWith(wide);
      case CONTAINS -> narrow.contains(wide);
      case REGEX ->
          kind == ModelPattern.Kind.EQUALS
              && Pattern.compile(general.text(), Pattern.CASE_INSENSITIVE).matcher(narrow).find();
    };
  }

  private static Node.Entry clause(Node match) throws NotUnderstood {
    if (!(match instanceof Node.Mapping mapping) || mapping.entries().size() != 1) {
      throw new NotUnderstood(match.line(), "one clause expected, such as {equals: name}");
    }
    Node.Entry clause = mapping.entries().get(0);
    if (!KEYS.contains(clause.key())) {
      throw new NotUnderstood(clause.line(), "unknown match clause '" + clause.key() + "'");
    }
    return clause;
  }

  private static List<Node> parts(Node.Entry clause) throws NotUnderstood {
    if (clause.value() instanceof Node.Sequence parts && !parts.items().isEmpty()) {
      return parts.items();
    }
    throw new NotUnderstood(clause.line(), "'" + clause.key() + "' needs a list of clauses");
  }

  private static String text(Node.Entry clause) throws NotUnderstood {
    if (clause.value() instanceof Node.Scalar scalar && !scalar.text().isEmpty()) {
      return scalar.text();
    }
    throw new NotUnderstood(clause.line(), "'" + clause.key() + "' needs a text");
  }

  private static String lookAheads(Node.Entry and) throws NotUnderstood {
    StringBuilder regex = new StringBuilder("^");
    for (Node part : parts(and)) {
      String alternatives =
          patterns(part).stream().map(ModelMatch::asRegex).collect(Collectors.joining("|"));
      regex.append("(?=").append(alternatives).append(')');
    }
    return regex.toString();
  }

  /** The pattern as a regular expression that is tried at the start of the name. */
  private static String asRegex(ModelPattern pattern) {
    String quoted = Pattern.quote(pattern.text());
    return switch (pattern.kind()) {
      case EQUALS -> quoted + "$";
      case STARTS_WITH -> quoted;
      case ENDS_WITH -> ".*" + quoted + "$";
      case CONTAINS -> ".*" + quoted;
      case REGEX -> ".*?(?:" + pattern.text() + ")";
    };
  }

  private static String checked(String regex, int line) throws NotUnderstood {
    try {
      Pattern.compile(regex);
      return regex;
    } catch (PatternSyntaxException e) {
      throw new NotUnderstood(line, "not a regular expression: " + regex);
    }
  }
}
