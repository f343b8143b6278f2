package io.tokenmeter.benchmarks.detectors;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The seeds of scenarios: those that detectors are tuned on, and those that are reported. Those
 * from 1,000,001 on were reported once, then looked at: whoever tunes may use them.
 */
public final class Seeds {
  private static final long FIRST_TRAIN = 1;
  private static final long FIRST_TEST = 2_000_001;

  private Seeds() {}

  /** Seeds to tune on. */
  public static List<Long> train(int count) {
    return LongStream.range(FIRST_TRAIN, FIRST_TRAIN + count).boxed().toList();
  }

  /** Seeds to report; nothing is tuned on them. */
  public static List<Long> test(int count) {
    return LongStream.range(FIRST_TEST, FIRST_TEST + count).boxed().toList();
  }
}
