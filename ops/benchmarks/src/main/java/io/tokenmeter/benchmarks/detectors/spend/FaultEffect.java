package io.tokenmeter.benchmarks.detectors.spend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a fault does to the requests of a key.
 *
 * @param type what goes wrong
 * @param strength by how much, see {@link FaultType}
 * @param route number of the key's route that it affects, where it affects one
 * @param detour where requests go that should not: another model, or the key without workflow; the
 *     path itself for faults that send nothing astray
 */
record FaultEffect(FaultType type, double strength, int route, Path detour) {
  /** From this part of its duration on, a creep stays as it is. */
  private static final double CREEP_DONE = 0.8;

  /**
   * The flows with the fault.
   *
   * @param flows the key's flows without it
   * @param busyRate requests a minute of the key while it is busy
   * @param meanRate requests a minute of the key on average
   * @param progress how much of the fault's duration has passed, 0 to 1
   */
  List<Flow> on(List<Flow> flows, double busyRate, double meanRate, double progress) {
    return switch (type) {
      case RUNAWAY_LOOP -> with(flows, loop(flows, busyRate));
      case RETRY_STORM -> each(flows, this::retried);
      case CACHE_MISSES -> each(flows, this::uncached);
      case MODEL_SWITCH -> switched(flows);
      case PROMPT_BLOAT -> each(flows, flow -> flow.withShape(flow.shape().withInput(strength)));
      case LEAKED_KEY -> with(flows, stolen(flows, meanRate));
      case PRICE_CHANGE -> each(flows, this::dearer);
      case SLOW_CREEP -> {
        double factor = 1 + (strength - 1) * Math.min(1, progress / CREEP_DONE);
        yield each(flows, flow -> flow.withRate(factor * flow.rate()));
      }
      case OUTAGE -> List.of();
    };
  }

  private Flow loop(List<Flow> flows, double busyRate) {
    Flow looping = flows.get(route);
    double dollars = (strength - 1) * busyRate * meanCost(flows);
    return looping.withRate(dollars / cost(looping));
  }

  private Flow stolen(List<Flow> flows, double meanRate) {
    Flow theirs = flows.get(route).on(detour);
    return theirs.withRate(strength * meanRate * meanCost(flows) / cost(theirs));
  }

  private Flow retried(Flow flow) {
    double share = (strength - 1) / strength;
    return flow.withRate(strength * flow.rate()).withShape(flow.shape().withRetries(share));
  }

  private Flow uncached(Flow flow) {
    double left = Math.min(strength, flow.shape().cacheHitRate());
    return flow.withShape(flow.shape().withCacheHitRate(left));
  }

  private Flow dearer(Flow flow) {
    boolean affected = flow.path().model().equals(detour.model());
    return affected ? flow.withPricePercent((int) Math.round(100 * strength)) : flow;
  }

  private List<Flow> switched(List<Flow> flows) {
    List<Flow> changed = new ArrayList<>(flows);
    Flow flow = flows.get(route);
    changed.set(route, flow.withRate((1 - strength) * flow.rate()));
    changed.add(flow.on(detour).withRate(strength * flow.rate()));
    return changed;
  }

  private static double cost(Flow flow) {
    return flow.shape().meanCost(flow.path().model());
  }

  /** Mean cost of the key's requests by its routes' shares, also while it makes none. */
  private static double meanCost(List<Flow> flows) {
    double rate = flows.stream().mapToDouble(Flow::rate).sum();
    return rate == 0
        ? flows.stream().mapToDouble(FaultEffect::cost).average().orElse(0)
        : Flow.dollarsPerMinute(flows) / rate;
  }

  private static List<Flow> each(List<Flow> flows, UnaryOperator<Flow> change) {
    return flows.stream().map(change).toList();
  }

  private static List<Flow> with(List<Flow> flows, Flow more) {
    List<Flow> all = new ArrayList<>(flows);
    all.add(more);
    return all;
  }
}
