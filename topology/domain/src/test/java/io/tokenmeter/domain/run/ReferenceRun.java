package io.tokenmeter.domain.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a run adds up to, worked out from the whole list of its events, by definition. */
final class ReferenceRun {
  /** One step: all attempts with its id. */
  private static final class Step {
    long key;
    long parent;
    long start = Long.MAX_VALUE;
    long end;
    long latency;
  }

  private final List<TestStep> billed;
  private final List<TestStep> all;
  private final Map<Long, Step> steps = new HashMap<>();

  ReferenceRun(List<TestStep> events) {
    all = events;
    billed = events.stream().filter(event -> !event.span()).toList();
    for (TestStep event : events) {
      long key = event.stepId() == null ? event.eventKey() : event.stepKey();
      Step step = steps.computeIfAbsent(key, added -> new Step());
      step.key = key;
      long millis = Math.max(0, event.latencyMillis());
      step.start = Math.min(step.start, event.occurredAtMicros());
      step.end = Math.max(step.end, event.occurredAtMicros() + 1000 * millis);
      step.latency += event.span() ? 0 : millis;
      step.parent = event.parentId() == null ? step.parent : event.parentKey();
    }
  }

  long count(Predicate<TestStep> which) {
    return billed.stream().filter(which).count();
  }

  long sum(ToLongFunction<TestStep> what) {
    return billed.stream().mapToLong(what).sum();
  }

  BigDecimal cost(Predicate<TestStep> which) {
    BigInteger picos =
        billed.stream()
            .filter(which)
            .map(step -> step.cost().toPicos())
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new BigDecimal(picos, 12);
  }

  /** Cost by some name; empty for steps that carry none. */
  Map<String, BigDecimal> costBy(Function<TestStep, String> name) {
    return billed.stream()
        .map(step -> Objects.toString(name.apply(step), ""))
        .distinct()
        .collect(
            Collectors.toMap(
                key -> key,
                key -> cost(step -> Objects.toString(name.apply(step), "").equals(key))));
  }

  List<String> dearest() {
    return billed.stream()
        .filter(step -> step.cost().signum() > 0)
        .sorted(
            Comparator.comparing((TestStep step) -> step.cost().toPicos())
                .reversed()
                .thenComparing(TestStep::eventId))
        .limit(10)
        .map(TestStep::eventId)
        .toList();
  }

  long mostIdentical() {
    return identical().values().stream().mapToLong(count -> count).max().orElse(0);
  }

  int differentSteps() {
    return identical().size();
  }

  private Map<List<Object>, Long> identical() {
    return billed.stream()
        .collect(
            Collectors.groupingBy(
                step ->
                    List.of(
                        Objects.toString(step.stepName()),
                        Objects.toString(step.agent()),
                        step.model(),
                        step.inputTokens()),
                Collectors.counting()));
  }

  BigDecimal dearestMinute() {
    return billed.stream()
        .map(step -> Math.floorDiv(step.occurredAtMicros(), 60_000_000L))
        .distinct()
        .map(minute -> cost(step -> Math.floorDiv(step.occurredAtMicros(), 60_000_000L) == minute))
        .reduce(new BigDecimal("0E-12"), BigDecimal::max);
  }

  /** The outcome of the latest event that carries one; a span without a parent goes first. */
  String outcome() {
    return all.stream()
        .filter(event -> event.outcome() != null)
        .max(
            Comparator.comparing((TestStep event) -> event.span() && event.parentId() == null)
                .thenComparing(TestStep::occurredAtMicros)
                .thenComparing(TestStep::eventKey))
        .map(TestStep::outcome)
        .orElse(null);
  }

  int depth() {
    return steps.values().stream().mapToInt(this::depth).max().orElse(0);
  }

  private int depth(Step step) {
    Step parent = steps.get(step.parent);
    return parent == null ? 1 : 1 + depth(parent);
  }

  long criticalPath() {
    Map<Step, Long> paths = new HashMap<>();
    return steps.values().stream().mapToLong(step -> path(step, paths)).max().orElse(0);
  }

  private long path(Step step, Map<Step, Long> paths) {
    Long known = paths.get(step);
    if (known != null) {
      return known;
    }
    Step parent = steps.get(step.parent);
    long before = parent == null ? 0 : path(parent, paths);
    for (Step sibling : steps.values()) {
      boolean earlier =
          sibling.start < step.start || (sibling.start == step.start && sibling.key < step.key);
      if (sibling != step && sibling.parent == step.parent && earlier) {
        Set<Step> below = withAllBelow(sibling);
        if (below.stream().allMatch(each -> each.end <= step.start)) {
          for (Step each : below) {
            before = Math.max(before, path(each, paths));
          }
        }
      }
    }
    paths.put(step, before + step.latency);
    return before + step.latency;
  }

  private Set<Step> withAllBelow(Step step) {
    Set<Step> found = new HashSet<>(Set.of(step));
    List<Step> open = new ArrayList<>(found);
    while (!open.isEmpty()) {
      Step next = open.remove(open.size() - 1);
      for (Step child : steps.values()) {
        if (child.parent == next.key && found.add(child)) {
          open.add(child);
        }
      }
    }
    return found;
  }
}
