package io.tokenmeter.streams.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What does not agree. Keeps the first few sentences and counts the rest by what they say. */
final class Differences {
  private static final int KEPT = 20;

  private final List<String> first = new ArrayList<>();
  private final Map<String, Integer> kinds = new TreeMap<>();
  private long count;

  void add(String difference) {
    kinds.merge(difference.split(" of ", 2)[0], 1, Integer::sum);
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
    return count + " differences, " + kinds + ":\n  " + String.join("\n  ", first);
  }
}
