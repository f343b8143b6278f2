package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;

/**
 * A subject's made-up requests, fed to the detector in slices of ten seconds or minutes. By day it
 * has three times the requests it has by night; requests cost unequal amounts.
 */
final class Traffic {
  /** A Monday at midnight UTC. */
  static final long MONDAY = 29_620_800L - 29_620_800L % 10_080 + 4 * 1440;

  static final long MICROS = 60_000_000L;
  static final String MODEL = "gpt-4o";

  private final Subject subject;
  private final Random random;
  private final double requestsPerMinute;
  private final double dollarsPerRequest;
  private final GroupState group;
  private AnomalyPolicy policy = AnomalyPolicy.DEFAULT;
  private boolean restarts;
  private long openSince = Long.MIN_VALUE;

  /** What was said again because it had grown. */
  final List<Finding> growth = new ArrayList<>();

  SubjectState state = new SubjectState();
  GroupState groupState;
  double volume = 1;
  double price = 1;
  double retries;
  LongToDoubleFunction season = minute -> 1 + 0.5 * Math.sin(2 * Math.PI * (minute % 1440) / 1440);

  Traffic(long seed, double requestsPerMinute, double dollarsPerRequest) {
    this(seed, requestsPerMinute, dollarsPerRequest, new GroupState());
  }

  Traffic(long seed, double requestsPerMinute, double dollarsPerRequest, GroupState group) {
    this.random = new Random(seed);
    this.requestsPerMinute = requestsPerMinute;
    this.dollarsPerRequest = dollarsPerRequest;
    this.group = group;
    groupState = group;
    subject = new Subject("api_key", "key-" + seed);
  }

  Traffic with(AnomalyPolicy other) {
    policy = other;
    return this;
  }

  /** Writes and reads the states after each step, as a restart would. */
  Traffic restarting() {
    restarts = true;
    return this;
  }

  /** Lets minutes pass, a step each. */
  List<Finding> minutes(long from, long to) {
    List<Finding> findings = new ArrayList<>();
    for (long minute = from; minute < to; minute++) {
      findings.addAll(step(minute, 1, 1));
    }
    return findings;
  }

  /** Lets minutes pass, in steps of ten seconds. */
  List<Finding> slices(long from, long to) {
    List<Finding> findings = new ArrayList<>();
    for (long minute = from; minute < to; minute++) {
      for (int slice = 1; slice <= 6; slice++) {
        findings.addAll(step(minute, slice / 6.0, 1 / 6.0));
      }
    }
    return findings;
  }

  /** Adds usage by hand. */
  List<Finding> add(long minute, UsageSums sums, long nowMicros) {
    AnomalyDetector.add(state, groupState, minute, sums, MODEL);
    return judge(nowMicros);
  }

  /** Findings but those that only say how large something has grown, which are noted. */
  List<Finding> judge(long nowMicros) {
    List<Finding> findings = new ArrayList<>();
    for (Finding each : AnomalyDetector.judge(subject, state, groupState, policy, nowMicros)) {
      boolean again = each.firing() && each.sinceMicros() == openSince;
      (again ? growth : findings).add(each);
      openSince = each.firing() ? each.sinceMicros() : Long.MIN_VALUE;
    }
    if (restarts) {
      state = SubjectState.decode(state.encode());
      groupState = GroupState.decode(groupState.encode());
    }
    return findings;
  }

  private List<Finding> step(long minute, double end, double length) {
    long now = minute * MICROS + (long) (end * MICROS);
    long first = poisson(requestsPerMinute * season.applyAsDouble(minute) * volume * length);
    if (first > 0) {
      long repeated = poisson(first * retries);
      AnomalyDetector.add(state, groupState, minute, sums(first + repeated, repeated), MODEL);
      return judge(now);
    }
    return state.nextLookMicros() <= now ? judge(now) : List.of();
  }

  private UsageSums sums(long requests, long repeated) {
    double dollars = 0;
    for (long i = 0; i < requests; i++) {
      dollars += dollarsPerRequest * Math.exp(0.5 * random.nextGaussian() - 0.125);
    }
    return usage(requests, repeated, dollars * price);
  }

  /** Requests of 1,000 input tokens a mean dollar's worth. */
  UsageSums usage(long requests, long repeated, double dollars) {
    long input = Math.round(dollars / dollarsPerRequest / price * 1000);
    Money cost = Money.ofPicos(Math.round(dollars * 1e12));
    return new UsageSums(
        requests, 0, repeated, 0, input, 0, 0, 0, cost, Money.ZERO, Money.ZERO, Money.ZERO, cost);
  }

  private long poisson(double mean) {
    if (mean > 50) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    long count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
