package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the roll-ups say, kept up to date record by record.
 *
 * <p>Takes the minutes of each key from a time on: a later record replaces an earlier one of the
 * same window, and the windows of a key add up. Not thread-safe.
 */
final class SpendBoard {

  static final String MODEL = "model";
  static final String API_KEY = "api_key";
  static final String WORKFLOW = "workflow";

  /** The dimensions that the board shows. */
  static final List<String> DIMENSIONS = List.of(MODEL, API_KEY, WORKFLOW);

  private static final long RATE_OVER_MILLIS = 5000;

  /** One line of a table: a key and what it has used so far. */
  record Spend(String key, long requests, long unpriced, long tokens, BigDecimal costUsd) {

    static final Spend NONE = new Spend("", 0, 0, 0, BigDecimal.ZERO);

    Spend plus(Spend other) {
      return new Spend(
          key,
          requests + other.requests,
          unpriced + other.unpriced,
          tokens + other.tokens,
          costUsd.add(other.costUsd));
    }

    Spend minus(Spend other) {
      return new Spend(
          key,
          requests - other.requests,
          unpriced - other.unpriced,
          tokens - other.tokens,
          costUsd.subtract(other.costUsd));
    }
  }

  private record Cell(Subject subject, Instant windowStart) {}

  private record Subject(String dimension, String key) {}

  private record Mark(long atMillis, long requests) {}

  private final Instant from;
  private final Map<Cell, UsageRollup> latest = new HashMap<>();
  private final Map<Subject, Spend> sums = new HashMap<>();
  private final Deque<Mark> marks = new ArrayDeque<>();

  /** An empty board, to which nothing counts that is before a time. */
  SpendBoard(Instant from) {
    this.from = from;
  }

  /** Takes a roll-up in; those of other dimensions, granularities or times do not matter here. */
  void accept(UsageRollup rollup) {
    if (rollup.getGranularity() != Granularity.MINUTE
        || !DIMENSIONS.contains(rollup.getDimension())
        || rollup.getWindowStart().isBefore(from)) {
      return;
    }
    Subject subject = new Subject(rollup.getDimension(), rollup.getKey());
    Cell cell = new Cell(subject, rollup.getWindowStart());
    UsageRollup before = latest.get(cell);
    if (before == null || before.getRevision() <= rollup.getRevision()) {
      latest.put(cell, rollup);
      Spend change = before == null ? spend(rollup) : spend(rollup).minus(spend(before));
      sums.merge(subject, change, Spend::plus);
    }
  }

  /** The keys of a dimension, the dearest first. */
  List<Spend> byCost(String dimension) {
    return sums.entrySet().stream()
        .filter(entry -> entry.getKey().dimension().equals(dimension))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(Spend::costUsd).reversed().thenComparing(Spend::key))
        .toList();
  }

  /** Everything together; every request is in exactly one key of each dimension. */
  Spend total() {
    return byCost(MODEL).stream().reduce(Spend.NONE, Spend::plus);
  }

  /** Requests per second over the last seconds, as they became visible in the roll-ups. */
  double requestsPerSecond(long nowMillis) {
    marks.addLast(new Mark(nowMillis, total().requests()));
    while (marks.size() > 2 && nowMillis - marks.getFirst().atMillis > RATE_OVER_MILLIS) {
      marks.removeFirst();
    }
    Mark first = marks.getFirst();
    long millis = nowMillis - first.atMillis;
    return millis == 0 ? 0 : (marks.getLast().requests - first.requests) * 1000.0 / millis;
  }

  private static Spend spend(UsageRollup rollup) {
    return new Spend(
        rollup.getKey(),
        rollup.getRequests(),
        rollup.getUnpricedRequests(),
        rollup.getInputTokens() + rollup.getOutputTokens(),
        rollup.getCostUsd());
  }
}
