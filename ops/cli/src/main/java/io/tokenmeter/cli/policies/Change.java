package io.tokenmeter.cli.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What applying a file does to one entry.
 *
 * @param key tells entries apart
 * @param what is done
 * @param details the fields of a new entry, or those that change, for a person
 */
record Change(String key, What what, String details) {
  /** What is done to an entry. */
  enum What {
    NEW,
    CHANGED,
    UNCHANGED,
    REMOVED,
    ABSENT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The change from what there is, null for nothing, to what is wanted. */
  static Change between(
      String key, @Nullable Map<String, String> before, Map<String, String> after) {
    if (before == null) {
      return new Change(key, What.NEW, words(after));
    }
    List<String> differences = new ArrayList<>();
    after.forEach(
        (field, value) -> {
          String old = before.getOrDefault(field, "");
          if (!old.equals(value)) {
            differences.add(field + " " + shown(old) + " -> " + shown(value));
          }
        });
    return differences.isEmpty()
        ? new Change(key, What.UNCHANGED, "")
        : new Change(key, What.CHANGED, String.join(", ", differences));
  }

  private static String words(Map<String, String> fields) {
    List<String> words = new ArrayList<>();
    fields.forEach(
        (field, value) -> {
          if (!value.isEmpty() && !field.equals("id")) {
            words.add(field + " " + value);
          }
        });
    return String.join(", ", words);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : value;
  }
}
