package io.tokenmeter.benchmarks.detectors.spend;

import java.time.Duration;

/** What can go wrong with spend. */
public enum FaultType {
  /** An agent repeats itself: one route makes nine times the key's busy-hour spend on top. */
  RUNAWAY_LOOP("runaway loop", true, Duration.ofMinutes(30), Duration.ofHours(4), 10, 10),
  /** Requests fail and are sent again, three to six times in all; strength is that number. */
  RETRY_STORM("retry storm", true, Duration.ofMinutes(30), Duration.ofHours(4), 3, 6),
  /** Prompts are no longer found in the cache; strength is the hit rate that is left. */
  CACHE_MISSES("cache-miss regression", true, Duration.ofHours(3), Duration.ofHours(24), 0, 0.1),
  /** A share of one route, the strength, goes to a dearer model. */
  MODEL_SWITCH("model switch", true, Duration.ofHours(3), Duration.ofHours(24), 0.3, 1),
  /** Prompts are longer by a factor, the strength. */
  PROMPT_BLOAT("prompt bloat", true, Duration.ofHours(3), Duration.ofHours(24), 2, 4),
  /** A stranger spends, day and night, a multiple of what the key's owner spends on average. */
  LEAKED_KEY("leaked key", true, Duration.ofHours(2), Duration.ofHours(12), 2, 8),
  /** A model's price is a multiple, the strength, of what it was. */
  PRICE_CHANGE("price change", true, Duration.ofHours(4), Duration.ofHours(10), 1.6, 3),
  /** Requests grow day by day to a multiple, the strength. */
  SLOW_CREEP("slow creep", false, Duration.ofHours(60), Duration.ofHours(96), 3, 5),
  /** Nothing arrives any more. */
  OUTAGE("outage", true, Duration.ofHours(1), Duration.ofHours(6), 0, 0);

  private final String label;
  private final boolean step;
  private final Duration shortest;
  private final Duration longest;
  private final double weakest;
  private final double strongest;

  FaultType(
      String label,
      boolean step,
      Duration shortest,
      Duration longest,
      double weakest,
      double strongest) {
    this.label = label;
    this.step = step;
    this.shortest = shortest;
    this.longest = longest;
    this.weakest = weakest;
    this.strongest = strongest;
  }

  /** The name in reports. */
  public String label() {
    return label;
  }

  /** Whether the fault is there all at once. */
  public boolean isStep() {
    return step;
  }

  Duration shortest() {
    return shortest;
  }

  Duration longest() {
    return longest;
  }

  double weakest() {
    return weakest;
  }

  double strongest() {
    return strongest;
  }
}
