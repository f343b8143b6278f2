package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import org.jspecify.annotations.Nullable;

/** What was used in some minutes on end, by model, and what was expected then. */
final class UsageBucket {
  /** First minute, minutes since the epoch. */
  final long start;

  /** How many minutes, 1 or more; fewer than its scale has where the subject's history begins. */
  int minutes;

  TimeScale scale;

  /** Dollars expected. For the minute that runs: not known yet, 0. */
  float expected;

  /** Dollars by which what is expected may be wrong. For the minute that runs: 0. */
  float doubt;

  /** Dollars that its tokens usually cost, see {@link UsualUsage#costOfTokens}. */
  float tokensUsually;

  /** Dollars that its requests usually cost, see {@link UsualUsage#costOfRequests}. */
  float requestsUsually;

  /**
   * Dollars of the dearest request, at most: what the dearest of the sums that were added would
   * have cost less if all its requests but one were usual ones.
   */
  float dearest;

  /** Whether a cause was open. */
  Flag flag = Flag.NONE;

  /** What is to be learned from a bucket. */
  enum Flag {
    /** Everything. */
    NONE,
    /** A cause was young: how much spend strays, as that may be its nature, but no level. */
    YOUNG,
    /** A cause lasted: nothing. */
    LASTING
  }

  final @Nullable UsageSums[] byModel = new UsageSums[ModelSlots.COUNT];

  /**
   * Its usage as it was last written; null if that has changed since: in most buckets it has not.
   */
  private byte @Nullable [] usageWritten;

  private Money cost = Money.ZERO;
  private long requests;
  private long retries;

  UsageBucket(long start, int minutes, TimeScale scale) {
    this.start = start;
    this.minutes = minutes;
    this.scale = scale;
  }

  /** The first minute after it. */
  long end() {
    return start + minutes;
  }

  /** Whether a cause was open at any time of it. */
  boolean isFlagged() {
    return flag != Flag.NONE;
  }

  /** Exact dollars. */
  Money cost() {
    return cost;
  }

  /** Dollars, never negative: corrections may be older than what they correct. */
  double dollars() {
    return Math.max(0, Dollars.of(cost));
  }

  /** Priced requests, never negative. */
  long requests() {
    return Math.max(0, requests);
  }

  /** Requests that repeat an earlier attempt, never negative. */
  long retries() {
    return Math.max(0, retries);
  }

  void add(int slot, UsageSums sums) {
    UsageSums before = byModel[slot];
    byModel[slot] = before == null ? sums : before.plus(sums);
    usageWritten = null;
    cost = cost.plus(sums.cost());
    requests += sums.requests() - sums.unpricedRequests();
    retries += sums.retries();
  }

  /** Takes in the bucket that follows it. */
  void merge(UsageBucket next) {
    for (int slot = 0; slot < byModel.length; slot++) {
      UsageSums sums = next.byModel[slot];
      if (sums != null) {
        add(slot, sums);
      }
    }
    minutes += next.minutes;
    expected += next.expected;
    doubt += next.doubt;
    tokensUsually += next.tokensUsually;
    requestsUsually += next.requestsUsually;
    dearest = Math.max(dearest, next.dearest);
    flag = flag.compareTo(next.flag) >= 0 ? flag : next.flag;
  }

  void write(StateWriter out) {
    out.whole(minutes);
    out.whole(scale.ordinal());
    out.whole(flag.ordinal());
    out.real(expected);
    out.real(doubt);
    out.real(tokensUsually);
    out.real(requestsUsually);
    out.real(dearest);
    byte[] usage = usageWritten;
    if (usage == null) {
      usage = usage();
      usageWritten = usage;
    }
    out.written(usage);
  }

  private byte[] usage() {
    StateWriter out = new StateWriter();
    int used = 0;
    for (int slot = 0; slot < byModel.length; slot++) {
      used |= (byModel[slot] != null ? 1 : 0) << slot;
    }
    out.whole(used);
    for (UsageSums sums : byModel) {
      if (sums != null) {
        write(out, sums);
      }
    }
    return out.toByteArray();
  }

  static UsageBucket read(StateReader in, long start) {
    int minutes = in.count(Integer.MAX_VALUE);
    TimeScale scale = TimeScale.values()[in.count(TimeScale.values().length - 1)];
    UsageBucket bucket = new UsageBucket(start, minutes, scale);
    bucket.flag = Flag.values()[in.count(Flag.values().length - 1)];
    bucket.expected = in.real();
    bucket.doubt = in.real();
    bucket.tokensUsually = in.real();
    bucket.requestsUsually = in.real();
    bucket.dearest = in.real();
    int used = in.count(1 << ModelSlots.COUNT);
    for (int slot = 0; slot < ModelSlots.COUNT; slot++) {
      if ((used >> slot & 1) != 0) {
        bucket.add(slot, readSums(in));
      }
    }
    return bucket;
  }

  private static void write(StateWriter out, UsageSums sums) {
    out.whole(sums.requests());
    out.whole(sums.errors());
    out.whole(sums.retries());
    out.whole(sums.unpricedRequests());
    out.whole(sums.inputTokens());
    out.whole(sums.cacheReadTokens());
    out.whole(sums.cacheWriteTokens());
    out.whole(sums.outputTokens());
    out.money(sums.inputCost());
    out.money(sums.cacheReadCost());
    out.money(sums.cacheWriteCost());
    out.money(sums.outputCost());
    out.money(sums.cost());
  }

  private static UsageSums readSums(StateReader in) {
    return new UsageSums(
        in.whole(),
        in.whole(),
        in.whole(),
        in.whole(),
        in.whole(),
        in.whole(),
        in.whole(),
        in.whole(),
        in.money(),
        in.money(),
        in.money(),
        in.money(),
        in.money());
  }
}
