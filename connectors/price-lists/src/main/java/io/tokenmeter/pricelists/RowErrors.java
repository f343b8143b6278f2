package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.Suggestion;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The errors of one row, written to the list's findings under the row's name. */
final class RowErrors {
  private final Findings findings;
  private final String row;
  private boolean empty = true;

  RowErrors(Findings findings, String row) {
    this.findings = findings;
    this.row = row;
  }

  void add(String reason, int line, String message) {
    findings.error(reason, line, row, message);
    empty = false;
  }

  /** Whether nothing is wrong with the row so far. */
  boolean isEmpty() {
    return empty;
  }

  /** Reads a price into pico-dollars a unit; null, and an error, if it is none. */
  @Nullable Long picos(Node value, long per, String field) {
    var picos = new Dollars(findings).picos(value, per, row, field);
    if (picos.isEmpty()) {
      empty = false;
      return null;
    }
    return picos.getAsLong();
  }

  /** The text under a key; null if there is none, with an error if it is something else. */
  @Nullable String text(Node.Mapping from, String key) {
    Node value = from.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
      return scalar.text();
    }
    add("malformed", value.line(), key + ": text expected, found " + value.kind());
    return null;
  }

  /**
   * Complains about keys that mean nothing here: a misspelt key would be a price lost in silence.
   */
  void unknownKeys(Node.Mapping node, Set<String> known, Set<String> alsoKnown) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(alsoKnown);
    for (Node.Entry entry : node.entries()) {
      if (!all.contains(entry.key())) {
        add(
            "unknown-key",
            entry.line(),
            "unknown key '" + entry.key() + "'" + Suggestion.of(entry.key(), all));
      }
    }
  }
}
