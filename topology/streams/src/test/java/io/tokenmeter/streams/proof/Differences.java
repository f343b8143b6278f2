package io.tokenmeter.streams.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What does not agree. Keeps the first few sentences and counts the rest. */
final class Differences {
  private static final int KEPT = 20;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String difference) {
    if (count++ < KEPT) {
      first.add(difference);
    }
  }

  void compare(String what, Object of, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      add(what + " of " + of + ": expected " + expected + ", found " + actual);
    }
  }

  /** How many there are. */
  long count() {
    return count;
  }

  @Override
  public String toString() {
    return count + " differences:\n  " + String.join("\n  ", first);
  }
}
