package io.tokenmeter.cli.runs;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.RequestStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** One step of a run as it is shown: all attempts with its id, and the steps below it. */
final class StepNode {
  /** By time; children that began together by id. */
  static final Comparator<StepNode> IN_TURN =
      Comparator.comparing(StepNode::start).thenComparing(node -> node.id);

  final String id;
  final List<CostedUsage> attempts = new ArrayList<>();
  final List<StepNode> children = new ArrayList<>();

  StepNode(String id) {
    this.id = id;
  }

  /** Steps, tokens, time and money of some requests together. */
  record Sums(
      long steps,
      long retries,
      long errors,
      long unpriced,
      long inputTokens,
      long outputTokens,
      long latencyMillis,
      BigDecimal cost) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO);

    Sums plus(Sums other) {
      return new Sums(
          steps + other.steps,
          retries + other.retries,
          errors + other.errors,
          unpriced + other.unpriced,
          inputTokens + other.inputTokens,
          outputTokens + other.outputTokens,
          latencyMillis + other.latencyMillis,
          cost.add(other.cost));
    }
  }

  /** The requests of this step alone. */
  Sums own() {
    Sums sums = Sums.NONE;
    for (CostedUsage attempt : attempts) {
      if (attempt.getCostRole() == CostRole.LEAF) {
        sums = sums.plus(sums(attempt));
      }
    }
    return sums;
  }

  private static Sums sums(CostedUsage usage) {
    boolean retry =
        usage.getRetryOf() != null || (usage.getAttempt() != null && usage.getAttempt() > 1);
    return new Sums(
        1,
        retry ? 1 : 0,
        usage.getStatus() == RequestStatus.OK ? 0 : 1,
        usage.getCostUsd() == null ? 1 : 0,
        orZero(usage.getInputTokens()),
        orZero(usage.getOutputTokens()),
        orZero(usage.getLatencyMs()),
        usage.getCostUsd() == null ? BigDecimal.ZERO : usage.getCostUsd());
  }

  private static long orZero(Long count) {
    return count == null ? 0 : count;
  }

  /** Whether it stands for the steps below it only. */
  boolean isSpan() {
    return attempts.stream().allMatch(attempt -> attempt.getCostRole() == CostRole.ROLLUP);
  }

  /** When its first attempt began. */
  Instant start() {
    return attempts.stream()
        .map(CostedUsage::getOccurredAt)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /** What it is called: its name, else its agent, else its id. */
  String name() {
    CostedUsage first = attempts.get(0);
    String name = first.getStepName() != null ? first.getStepName() : first.getAgent();
    return name == null || name.isEmpty() ? id : name;
  }

  /** The models that served it. */
  String models() {
    TreeSet<String> models = new TreeSet<>();
    attempts.stream()
        .filter(attempt -> attempt.getCostRole() == CostRole.LEAF)
        .map(CostedUsage::getModel)
        .filter(Objects::nonNull)
        .forEach(models::add);
    return String.join(", ", models);
  }
}
