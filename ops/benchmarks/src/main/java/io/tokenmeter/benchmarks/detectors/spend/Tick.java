package io.tokenmeter.benchmarks.detectors.spend;

import java.util.List;

/**
 * Some seconds of one minute, and all that was used in them.
 *
 * @param fromMicros start, microseconds since the epoch
 * @param toMicros end, exclusive; never after the end of the minute
 * @param usage by path; paths without requests are left out
 */
public record Tick(long fromMicros, long toMicros, List<Usage> usage) {
  /** The minute, in minutes since the epoch. */
  public long minute() {
    return Math.floorDiv(fromMicros, 60_000_000L);
  }
}
