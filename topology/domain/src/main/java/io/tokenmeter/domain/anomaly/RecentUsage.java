package io.tokenmeter.domain.anomaly;

import java.util.ArrayList;
import java.util.List;

/**
 * The last day or so of a subject in buckets without gaps: the last minutes one by one, older ones
 * merged into five, fifteen, sixty and 360 minutes. About thirty buckets hold every recent time
 * scale (an exponential histogram: M. Datar et al., Maintaining stream statistics over sliding
 * windows, SIAM Journal on Computing 31, 2002, here by time instead of count).
 */
final class RecentUsage {
  /** Quarter days that are kept. */
  private static final int QUARTER_DAYS = 4;

  /** More than this is no state of ours. */
  private static final int MOST = 200;

  /** Told of each time that is over, late enough for stragglers to be in. */
  interface Learner {
    /** A bucket of a scale is complete. */
    void complete(UsageBucket bucket);

    /** So many times of a scale went by in which nothing was used; {@code expected} in each. */
    void idle(TimeScale scale, int times, double expected);

    /** The last four quarter days. */
    void day(List<UsageBucket> quarters);
  }

  private final List<UsageBucket> buckets = new ArrayList<>();

  /** Begins with a minute, or begins afresh with it. */
  void begin(long minute) {
    buckets.clear();
    buckets.add(new UsageBucket(minute, 1, TimeScale.MINUTE));
  }

  /** The buckets, the oldest first; the last is the minute that runs. */
  List<UsageBucket> buckets() {
    return buckets;
  }

  /** The minute that runs. */
  UsageBucket running() {
    return buckets.get(buckets.size() - 1);
  }

  boolean isEmpty() {
    return buckets.isEmpty();
  }

  boolean uses(int slot) {
    return buckets.stream().anyMatch(bucket -> bucket.byModel[slot] != null);
  }

  /** The bucket that holds a minute; the oldest if it is older than that. */
  UsageBucket at(long minute) {
    int i = buckets.size() - 1;
    while (i > 0 && buckets.get(i).start > minute) {
      i--;
    }
    return buckets.get(i);
  }

  /**
   * Fills the time up to a minute with buckets in which nothing was used.
   *
   * @param limit where to stop; in the hour of the last bucket's end, or its end
   * @param now the minute that is to run in the end, {@code limit} or later
   * @param expected of that hour
   */
  void fill(long limit, long now, ExpectedSpend expected, Learner learner) {
    long next = running().end();
    while (next < limit) {
      TimeScale scale = idleScale(next, limit, now);
      UsageBucket idle = new UsageBucket(next, scale.minutes, scale);
      idle.expected = expected.dollars(next, scale.minutes);
      idle.doubt = expected.doubt(next, scale.minutes);
      idle.flag = running().flag;
      buckets.add(idle);
      for (TimeScale finer : TimeScale.values()) {
        if (finer.minutes <= scale.minutes && scale != TimeScale.MINUTE && !idle.isFlagged()) {
          int times = scale.minutes / finer.minutes;
          learner.idle(finer, times, idle.expected / times);
        }
      }
      next = idle.end();
    }
  }

  /** Begins the minute after the last bucket, and merges what has grown old. */
  void run(Learner learner) {
    long now = running().end();
    buckets.add(new UsageBucket(now, 1, TimeScale.MINUTE));
    for (TimeScale scale : TimeScale.values()) {
      if (scale.ordinal() < TimeScale.QUARTER_DAY.ordinal()) {
        merge(scale, now, learner);
      }
    }
    forget();
  }

  void write(StateWriter out) {
    out.whole(buckets.size());
    if (!buckets.isEmpty()) {
      out.whole(buckets.get(0).start);
      buckets.forEach(bucket -> bucket.write(out));
    }
  }

  static RecentUsage read(StateReader in) {
    RecentUsage recent = new RecentUsage();
    int size = in.count(MOST);
    long start = size > 0 ? in.whole() : 0;
    for (int i = 0; i < size; i++) {
      UsageBucket bucket = UsageBucket.read(in, start);
      recent.buckets.add(bucket);
      start = bucket.end();
    }
    return recent;
  }

  /** The longest scale that merging would have made of minutes from here on. */
  private static TimeScale idleScale(long from, long limit, long now) {
    TimeScale scale = TimeScale.MINUTE;
    while (scale != TimeScale.HOUR) {
      TimeScale longer = scale.next();
      long end = from + longer.minutes;
      if (longer.start(from) != from || end > limit || end > now - scale.kept) {
        break;
      }
      scale = longer;
    }
    return scale;
  }

  private void merge(TimeScale scale, long now, Learner learner) {
    TimeScale longer = scale.next();
    for (int i = 0; i < buckets.size() - 1; i++) {
      UsageBucket first = buckets.get(i);
      long end = longer.start(first.start) + longer.minutes;
      if (first.scale == scale && end <= now - scale.kept) {
        merge(i, end, learner);
      }
    }
  }

  /** Merges the buckets from one on that begin before {@code end} into it. */
  private void merge(int from, long end, Learner learner) {
    UsageBucket merged = buckets.get(from);
    TimeScale finer = merged.scale;
    int to = from;
    while (to < buckets.size() && buckets.get(to).start < end) {
      if (finer == TimeScale.MINUTE) {
        learner.complete(buckets.get(to));
      }
      if (to > from) {
        merged.merge(buckets.get(to));
      }
      to++;
    }
    buckets.subList(from + 1, to).clear();
    merged.scale = finer.next();
    if (merged.minutes == merged.scale.minutes) {
      learner.complete(merged);
      if (merged.scale == TimeScale.QUARTER_DAY && from + 1 >= QUARTER_DAYS) {
        learner.day(buckets.subList(from + 1 - QUARTER_DAYS, from + 1));
      }
    }
  }

  private void forget() {
    int quarters = 0;
    while (quarters < buckets.size() && buckets.get(quarters).scale == TimeScale.QUARTER_DAY) {
      quarters++;
    }
    if (quarters > QUARTER_DAYS) {
      buckets.subList(0, quarters - QUARTER_DAYS).clear();
    }
  }
}
