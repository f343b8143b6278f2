package io.tokenmeter.domain.anomaly;

import java.util.List;

/** A subject's windows of time that end at one moment, the shortest first. */
final class SpendWindows {
  private static final double MICROS = 60e6;

  private final SubjectState state;
  private final double nowMinute;

  /** The windows that end where the state's time is. */
  SpendWindows(SubjectState state) {
    this.state = state;
    nowMinute = state.nowMicros / MICROS;
  }

  /** None of the time. */
  SpendWindow none() {
    return SpendWindow.endingAt((long) nowMinute);
  }

  /** A window and the bucket before it; of the minute that runs, the part that is over. */
  SpendWindow extend(SpendWindow window, UsageBucket bucket) {
    if (bucket != state.recent.running()) {
      return window.extended(bucket, bucket.minutes, bucket.expected, bucket.doubt);
    }
    double length = Math.min(1, Math.max(1e-3, nowMinute - bucket.start));
    ExpectedSpend expected = state.expected();
    return window.extended(
        bucket,
        length,
        expected.dollars(bucket.start, length),
        expected.doubt(bucket.start, length));
  }

  /** The time since a minute, or as much of it as is remembered. */
  SpendWindow since(long minute) {
    List<UsageBucket> buckets = state.buckets();
    SpendWindow window = none();
    for (int i = buckets.size() - 1; i >= 0 && buckets.get(i).end() > minute; i--) {
      window = extend(window, buckets.get(i));
    }
    return window;
  }
}
