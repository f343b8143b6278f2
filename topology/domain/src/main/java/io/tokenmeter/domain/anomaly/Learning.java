package io.tokenmeter.domain.anomaly;

import java.util.List;

/** Learns how much a subject varies, and what it uses, from times in which no cause was open. */
final class Learning implements RecentUsage.Learner {
  /** Below so many expected requests a time says nothing. */
  private static final double LEAST_REQUESTS = 1e-4;

  /** A day is looked at four times, each quarter day. */
  private static final double QUARTER = 0.25;

  /** While what is expected is less certain, straying from it says nothing of the subject. */
  static final double CERTAIN = 0.2;

  private final SubjectState state;
  private final GroupState group;

  Learning(SubjectState state, GroupState group) {
    this.state = state;
    this.group = group;
  }

  @Override
  public void complete(UsageBucket bucket) {
    if (!bucket.isFlagged()) {
      if (bucket.scale == TimeScale.MINUTE) {
        state.profile.learn((int) Math.floorMod(bucket.start, 60L), kept(bucket));
      }
      if (bucket.scale == TimeScale.FIVE_MINUTES) {
        state.usual.learn(bucket);
      }
    }
    if (bucket.flag != UsageBucket.Flag.LASTING) {
      state.regularity.learn(bucket.scale, bucket.dollars());
      spend(bucket, 1);
      cost(bucket, 1);
    }
  }

  @Override
  public void idle(TimeScale scale, int times, double expected) {
    spend(scale, 0, 0, expected, times);
  }

  @Override
  public void day(List<UsageBucket> quarters) {
    if (quarters.stream().anyMatch(quarter -> quarter.flag == UsageBucket.Flag.LASTING)) {
      return;
    }
    UsageBucket day = new UsageBucket(quarters.get(0).start, 0, TimeScale.DAY);
    quarters.forEach(day::merge);
    spend(day, QUARTER);
    cost(day, QUARTER);
  }

  /** What the hour's profile remembers of a minute: never more than five deviations above. */
  private double kept(UsageBucket minute) {
    if (state.history.known() < HourlyHistory.HOURS) {
      return minute.dollars();
    }
    double least = Math.max(minute.expected, state.costOfRequest());
    double variance = state.variance(least, 1, group).sum();
    return Math.min(minute.dollars(), least * (1 + 5 * Math.sqrt(variance)));
  }

  private void spend(UsageBucket used, double times) {
    spend(used.scale, used.dollars(), used.requests(), used.expected, times);
  }

  private void spend(TimeScale scale, double dollars, double made, double expected, double times) {
    double costOfRequest = state.usual.costOfRequest();
    if (state.uncertainty > CERTAIN || costOfRequest <= 0) {
      return;
    }
    double requests = expected / costOfRequest;
    if (requests > LEAST_REQUESTS) {
      state.spend.learn(scale, dollars / expected, requests, times, state.alarms, group.spend());
      state.volume.learn(scale, made / requests, requests, times, state.alarms, group.volume());
    }
  }

  private void cost(UsageBucket used, double times) {
    double usually = used.requests() * state.usual.costOfRequest();
    cost(state.unitCost, group.unitCost(), used, usually, times);
    if (usually > 0) {
      cost(state.modelCost, group.modelCost(), used, used.requestsUsually, times);
      cost(state.tokenCost, group.tokenCost(), used, used.tokensUsually, times);
    }
  }

  private void cost(
      Spread spread, GroupSpread groups, UsageBucket used, double usually, double times) {
    if (usually > 0) {
      double ratio = used.dollars() / usually;
      spread.learn(used.scale, ratio, used.requests(), times, state.alarms, groups);
    }
  }
}
