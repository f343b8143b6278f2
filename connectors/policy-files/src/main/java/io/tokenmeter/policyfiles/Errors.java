package io.tokenmeter.policyfiles;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the errors of a file while its values are read. */
final class Errors {
  private final List<FileError> all = new ArrayList<>();

  void add(int line, String message) {
    all.add(new FileError(line, message));
  }

  int count() {
    return all.size();
  }

  List<FileError> inOrder() {
    return all.stream().sorted(Comparator.comparingInt(FileError::line)).toList();
  }

  /** A misspelt key would be a setting lost in silence. */
  void unknownKeys(Node.Mapping mapping, Set<String> known) {
    for (Node.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        add(
            entry.line(),
            "unknown key '"
                + entry.key()
                + "'"
                + Suggestion.of(entry.key(), known)
                + "; known are "
                + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** The text under a key; null if it is absent, and an error too if it must not be. */
  @Nullable String text(Node.Mapping mapping, String key, boolean required) {
    Node value = mapping.get(key);
    if (value instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    if (value != null) {
      add(value.line(), key + " must be text, not " + value.kind());
    } else if (required) {
      add(mapping.line(), key + " is missing");
    }
    return null;
  }

  /**
   * The value under a key, read by something that throws IllegalArgumentException where it is none.
   */
  <T> @Nullable T value(
      Node.Mapping mapping, String key, boolean required, Function<String, T> reader) {
    String text = text(mapping, key, required);
    if (text == null) {
      return null;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      add(lineOf(mapping, key), String.valueOf(e.getMessage()));
      return null;
    }
  }

  static int lineOf(Node.Mapping mapping, String key) {
    Node value = mapping.get(key);
    return value == null ? mapping.line() : value.line();
  }
}
