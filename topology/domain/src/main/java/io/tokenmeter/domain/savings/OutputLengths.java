package io.tokenmeter.domain.savings;

import java.util.Arrays;

/**
 * How long the output of requests was: a histogram that is exact below 1,024 tokens and 0.4 % wide
 * above, 45 KiB for output of up to 131,072 tokens.
 */
final class OutputLengths {
  /** Lengths below this have a bucket each. */
  private static final int EXACT = 1024;

  /** Buckets for each doubling from there on. */
  private static final int STEPS = 256;

  private static final int EXACT_BITS = Integer.numberOfTrailingZeros(EXACT);
  private static final int STEP_BITS = Integer.numberOfTrailingZeros(STEPS);

  private long[] counts = new long[64];
  private long[] sums = new long[64];
  private long count;
  private long sum;

  /** Adds the output of a request, tokens, 0 or more. */
  void add(long tokens) {
    int bucket = bucket(tokens);
    if (bucket >= counts.length) {
      int room = Math.max(bucket + 1, counts.length * 2);
      counts = Arrays.copyOf(counts, room);
      sums = Arrays.copyOf(sums, room);
    }
    counts[bucket]++;
    sums[bucket] += tokens;
    count++;
    sum += tokens;
  }

  /** All tokens. */
  long sum() {
    return sum;
  }

  /**
   * A length that this part of the requests stays within: the shortest there is below 1,024 tokens,
   * at most 0.4 % above it for longer output; 0 without requests.
   *
   * @param part above 0, up to 1
   */
  long percentile(double part) {
    long within = (long) Math.ceil(part * count);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= within && seen > 0) {
        return longest(bucket);
      }
    }
    return 0;
  }

  /** Tokens that go beyond a length given by {@link #percentile}, exactly. */
  long beyond(long length) {
    long beyond = 0;
    for (int bucket = bucket(length) + 1; bucket < counts.length; bucket++) {
      beyond += sums[bucket] - counts[bucket] * length;
    }
    return beyond;
  }

  private static int bucket(long tokens) {
    if (tokens < EXACT) {
      return (int) tokens;
    }
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(tokens);
    int step = (int) (tokens >>> (bits - STEP_BITS)) & (STEPS - 1);
    return EXACT + (bits - EXACT_BITS) * STEPS + step;
  }

  private static long longest(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int bits = EXACT_BITS + (bucket - EXACT) / STEPS;
    long step = STEPS + (bucket - EXACT) % STEPS;
    return ((step + 1) << (bits - STEP_BITS)) - 1;
  }
}
