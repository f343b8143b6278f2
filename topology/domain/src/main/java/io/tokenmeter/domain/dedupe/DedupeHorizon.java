package io.tokenmeter.domain.dedupe;

import java.time.Duration;

/**
 * How long an event id is remembered, counted from the arrival of its first copy.
 *
 * <p>Time is cut into {@value #BUCKETS} buckets per horizon, and ids are forgotten a whole bucket
 * at a time: an id is remembered for at least the horizon and at most one bucket longer. Arrival
 * counts, not the event's own time, because it is resending that the horizon is about: an old event
 * may be sent for the first time today.
 *
 * @param bucketMillis length of a bucket, milliseconds, at least 1
 */
public record DedupeHorizon(long bucketMillis) {
  /** Buckets in one horizon. */
  public static final int BUCKETS = 24;

  /** Checks the length of a bucket. */
  public DedupeHorizon {
    if (bucketMillis < 1) {
      throw new IllegalArgumentException("a dedupe horizon must be at least " + BUCKETS + " ms");
    }
  }

  /** The horizon of the given length, at least {@value #BUCKETS} milliseconds. */
  public static DedupeHorizon of(Duration length) {
    return new DedupeHorizon(length.toMillis() / BUCKETS);
  }

  /** The bucket of an arrival, milliseconds since the epoch. */
  public int bucket(long arrivalMillis) {
    return (int) Math.floorDiv(arrivalMillis, bucketMillis);
  }

  /** The last millisecond of a bucket, since the epoch. */
  public long lastMillis(int bucket) {
    return (bucket + 1L) * bucketMillis - 1;
  }

  /** The oldest bucket still remembered while {@code current} is the newest. */
  public int oldestRemembered(int current) {
    return current - BUCKETS;
  }
}
