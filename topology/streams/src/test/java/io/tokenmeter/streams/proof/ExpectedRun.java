package io.tokenmeter.streams.proof;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run must say: added up from its events, its shape worked out by definition. */
final class ExpectedRun {
  /** A step: all attempts with its id. */
  private static final class Step {
    String parent;
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    long latency;
  }

  long steps;
  long spans;
  long errors;
  long retries;
  long unpriced;
  long input;
  long cacheRead;
  long output;
  long latency;
  BigDecimal cost = new BigDecimal("0E-12");
  BigDecimal retryCost = new BigDecimal("0E-12");
  Instant first = Instant.MAX;
  Instant last = Instant.MIN;
  final Map<String, BigDecimal> costByModel = new HashMap<>();
  private final Map<String, Step> byId = new HashMap<>();

  void add(InputEvent event, ExpectedCost expected) {
    first = event.occurredAt().isBefore(first) ? event.occurredAt() : first;
    last = event.occurredAt().isAfter(last) ? event.occurredAt() : last;
    addStep(event);
    if (!event.leaf()) {
      spans++;
      return;
    }
    steps++;
    errors += event.failed() ? 1 : 0;
    retries += event.retry() ? 1 : 0;
    unpriced += expected.isUnpriced() ? 1 : 0;
    input += event.reported("input_tokens");
    cacheRead += event.reported("cache_read_tokens");
    output += event.reported("output_tokens");
    latency += Math.max(0, event.latency());
    BigDecimal usd =
        expected.byKind().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(12);
    cost = cost.add(usd);
    retryCost = event.retry() ? retryCost.add(usd) : retryCost;
    costByModel.merge(event.model(), usd, BigDecimal::add);
  }

  private void addStep(InputEvent event) {
    Step step = byId.computeIfAbsent(event.step(), id -> new Step());
    long millis = Math.max(0, event.latency());
    long start =
        event.occurredAt().getEpochSecond() * 1_000_000 + event.occurredAt().getNano() / 1000;
    step.parent = event.parentStep() == null ? step.parent : event.parentStep();
    step.start = Math.min(step.start, start);
    step.end = Math.max(step.end, start + 1000 * millis);
    step.latency += event.leaf() ? millis : 0;
  }

  int depth() {
    return byId.values().stream().mapToInt(this::depth).max().orElse(0);
  }

  private int depth(Step step) {
    Step parent = byId.get(step.parent);
    return parent == null ? 1 : 1 + depth(parent);
  }

  /** The chain of steps, each waiting for the one before, whose latencies add up to most. */
  long criticalPath() {
    Map<Step, Long> known = new HashMap<>();
    return byId.values().stream().mapToLong(step -> path(step, known)).max().orElse(0);
  }

  private long path(Step step, Map<Step, Long> known) {
    if (!known.containsKey(step)) {
      Step parent = byId.get(step.parent);
      long before = parent == null ? 0 : path(parent, known);
      for (Map.Entry<String, Step> other : byId.entrySet()) {
        Step sibling = other.getValue();
        boolean together = java.util.Objects.equals(sibling.parent, step.parent);
        if (sibling != step && together && sibling.start < step.start) {
          Set<Step> below = below(other.getKey());
          if (below.stream().allMatch(each -> each.end <= step.start)) {
            for (Step each : below) {
              before = Math.max(before, path(each, known));
            }
          }
        }
      }
      known.put(step, before + step.latency);
    }
    return known.get(step);
  }

  /** A step and all below it. */
  private Set<Step> below(String id) {
    Set<Step> found = new HashSet<>(Set.of(byId.get(id)));
    List<String> open = new ArrayList<>(List.of(id));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      byId.forEach(
          (childId, child) -> {
            if (next.equals(child.parent) && found.add(child)) {
              open.add(childId);
            }
          });
    }
    return found;
  }
}
