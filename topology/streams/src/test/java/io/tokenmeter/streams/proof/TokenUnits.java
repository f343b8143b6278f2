package io.tokenmeter.streams.proof;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The token units that the tests use, each with the unit it is part of. A small tree in place of
 * the domain's lattice.
 */
final class TokenUnits {
  private static final Map<String, String> PARENT = new LinkedHashMap<>();

  static {
    PARENT.put("cache_write_1h_tokens", "cache_write_tokens");
    PARENT.put("cache_read_tokens", "input_tokens");
    PARENT.put("cache_write_tokens", "input_tokens");
    PARENT.put("input_audio_tokens", "input_tokens");
    PARENT.put("output_reasoning_tokens", "output_tokens");
  }

  private TokenUnits() {}

  static boolean isToken(String unit) {
    return unit.endsWith("_tokens");
  }

  /** The unit that this one is part of; null for the two totals. */
  static String parent(String unit) {
    return PARENT.get(unit);
  }

  /**
   * Counts that do not overlap, by unit.
   *
   * @throws IllegalArgumentException if parts exceed their total
   */
  static Map<String, Long> disjoint(Map<String, Long> reported) {
    Map<String, Long> rest = new HashMap<>(reported);
    // Leaves stand first in the map, so that a total is complete before it is taken away itself.
    PARENT.forEach(
        (part, whole) -> {
          long count = wholeOf(part, reported);
          if (count > 0 && reported.containsKey(whole)) {
            rest.merge(whole, -count, Long::sum);
          }
        });
    rest.forEach(
        (unit, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(unit + " is smaller than its parts");
          }
        });
    return rest;
  }

  /** A unit's count with all its parts: as reported, or else the sum of its parts. */
  static long wholeOf(String unit, Map<String, Long> reported) {
    Long own = reported.get(unit);
    if (own != null) {
      return own;
    }
    return PARENT.entrySet().stream()
        .filter(entry -> entry.getValue().equals(unit))
        .mapToLong(entry -> wholeOf(entry.getKey(), reported))
        .sum();
  }
}
