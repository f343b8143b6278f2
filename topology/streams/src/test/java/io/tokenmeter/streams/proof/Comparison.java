package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.streams.proof.ExpectedCost.Kind;
import io.tokenmeter.streams.proof.ExpectedRollups.Subject;
import io.tokenmeter.streams.proof.ExpectedRollups.Totals;
import io.tokenmeter.streams.proof.OutputLedger.Costed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Holds the outputs against the input, once. */
final class Comparison {
  private final InputLedger input;
  private final ReferencePrices prices;
  private final OutputLedger output;
  private final ExpectedRollups rollups;
  private final Set<String> pricedLate;
  private final Predicate<Instant> tooOld;
  private final Differences differences = new Differences();

  Comparison(
      InputLedger input,
      ReferencePrices prices,
      OutputLedger output,
      ZoneOffset zone,
      Set<String> pricedLate,
      Predicate<Instant> tooOld) {
    this.input = input;
    this.prices = prices;
    this.output = output;
    this.pricedLate = pricedLate;
    this.tooOld = tooOld;
    rollups = new ExpectedRollups(zone);
  }

  Differences differences() {
    if (output.irregularities().count() > 0) {
      differences.add("irregular output: " + output.irregularities());
    }
    input.events().forEach(this::compareEvent);
    output.costed().keySet().stream()
        .filter(id -> !input.events().containsKey(id))
        .forEach(id -> differences.add("costed usage of an event that is none: " + id));
    compareRejected();
    compareRollups();
    return differences;
  }

  private void compareEvent(String id, InputEvent event) {
    ExpectedCost expected = prices.cost(event);
    if (!tooOld.test(event.occurredAt())) {
      rollups.add(event, expected);
    }
    List<Costed> revisions = output.costed().get(id);
    if (revisions == null) {
      differences.add("no costed usage of " + id);
      return;
    }
    Costed first = revisions.get(0);
    boolean heldAtFirst = !expected.isUnpriced() && first.status() == PricingStatus.UNPRICED;
    if (heldAtFirst && !pricedLate.contains(event.model())) {
      differences.add("unpriced at first, but there was a price: " + id + " " + event);
    }
    differences.compare("records", id, heldAtFirst ? 2 : 1, revisions.size());
    for (int i = 0; i < revisions.size(); i++) {
      differences.compare("revision", id, i + 1, revisions.get(i).revision());
      differences.compare("event", id, event.content(), revisions.get(i).content());
    }
    compareCost(id, expected, revisions.get(revisions.size() - 1));
  }

  private void compareCost(String id, ExpectedCost expected, Costed costed) {
    differences.compare("status", id, expected.status(), costed.status());
    if (!costed.addsUp()) {
      differences.add("the lines of " + id + " do not add up: " + costed);
    }
    if (!expected.hasCost()) {
      differences.compare("cost", id, null, costed.cost());
      return;
    }
    BigDecimal inputSide =
        expected
            .of(Kind.INPUT)
            .add(expected.of(Kind.CACHE_READ))
            .add(expected.of(Kind.CACHE_WRITE));
    BigDecimal whole = inputSide.add(expected.of(Kind.OUTPUT)).add(expected.of(Kind.FEE));
    compareUsd("cost", id, whole, costed.cost());
    compareUsd("input cost", id, inputSide, costed.input());
    compareUsd("output cost", id, expected.of(Kind.OUTPUT), costed.output());
    compareUsd("cache read cost", id, expected.of(Kind.CACHE_READ), costed.cacheRead());
    compareUsd("cache write cost", id, expected.of(Kind.CACHE_WRITE), costed.cacheWrite());
    compareUsd("fees", id, expected.of(Kind.FEE), costed.fee());
  }

  private void compareUsd(String what, Object of, BigDecimal expected, BigDecimal actual) {
    differences.compare(what, of, expected.setScale(12, RoundingMode.UNNECESSARY), actual);
  }

  private void compareRejected() {
    input
        .rejects()
        .forEach(
            (place, reject) ->
                differences.compare("reject", place, reject, output.rejected().get(place)));
    output.rejected().keySet().stream()
        .filter(place -> !input.rejects().containsKey(place))
        .forEach(place -> differences.add("rejected without a reason: " + place));
  }

  private void compareRollups() {
    Map<Subject, UsageRollup> found = new HashMap<>();
    output
        .rollups()
        .forEach(
            (key, rollup) -> {
              if (found.put(subject(rollup), rollup) != null) {
                differences.add("two keys for one roll-up: " + key);
              }
            });
    rollups
        .totals()
        .forEach(
            (subject, totals) -> {
              UsageRollup rollup = found.remove(subject);
              if (rollup == null) {
                differences.add("no roll-up of " + subject);
              } else {
                compareRollup(subject, totals, rollup);
              }
            });
    // A run counts in the minute of its first event, which may be a span and so in no roll-up.
    found.values().removeIf(rollup -> rollup.getRuns() != null && rollup.getRequests() == 0);
    found.keySet().forEach(subject -> differences.add("a roll-up of no event: " + subject));
  }

  private static Subject subject(UsageRollup rollup) {
    return new Subject(
        rollup.getGranularity(),
        rollup.getWindowStart(),
        rollup.getDimension(),
        rollup.getKey(),
        rollup.getSubKey());
  }

  private void compareRollup(Subject of, Totals totals, UsageRollup rollup) {
    differences.compare("requests", of, totals.requests, rollup.getRequests());
    differences.compare("errors", of, totals.errors, rollup.getErrors());
    differences.compare("retries", of, totals.retries, rollup.getRetries());
    differences.compare("unpriced", of, totals.unpriced, rollup.getUnpricedRequests());
    differences.compare("fallbacks", of, totals.fallback, rollup.getFallbackRequests());
    differences.compare("input tokens", of, totals.input, rollup.getInputTokens());
    differences.compare("cache reads", of, totals.cacheRead, rollup.getCacheReadTokens());
    differences.compare("cache writes", of, totals.cacheWrite, rollup.getCacheWriteTokens());
    differences.compare("output tokens", of, totals.output, rollup.getOutputTokens());
    differences.compare("reasoning", of, totals.reasoning, rollup.getReasoningTokens());
    compareCosts("", of, totals.cost, costs(rollup));
    compareCosts("batch ", of, totals.batchCost, batchCosts(rollup));
    compareLatency(of, totals, rollup);
  }

  /** Whole cost, then by kind in the order of {@link Kind}. */
  private static BigDecimal[] costs(UsageRollup rollup) {
    return new BigDecimal[] {
      rollup.getCostUsd(),
      rollup.getInputCostUsd(),
      rollup.getCacheReadCostUsd(),
      rollup.getCacheWriteCostUsd(),
      rollup.getOutputCostUsd(),
      rollup.getFeeCostUsd()
    };
  }

  private static BigDecimal[] batchCosts(UsageRollup rollup) {
    return new BigDecimal[] {
      rollup.getBatchCostUsd(),
      rollup.getBatchInputCostUsd(),
      rollup.getBatchCacheReadCostUsd(),
      rollup.getBatchCacheWriteCostUsd(),
      rollup.getBatchOutputCostUsd(),
      rollup.getBatchFeeCostUsd()
    };
  }

  private void compareCosts(String label, Subject of, BigDecimal[] expected, BigDecimal[] actual) {
    BigDecimal whole = Arrays.stream(expected).reduce(BigDecimal.ZERO, BigDecimal::add);
    compareUsd(label + "cost", of, whole, actual[0]);
    for (Kind kind : Kind.values()) {
      String what = label + kind + " cost";
      compareUsd(what, of, expected[kind.ordinal()], actual[1 + kind.ordinal()]);
    }
  }

  private void compareLatency(Subject of, Totals totals, UsageRollup rollup) {
    differences.compare("latencies", of, (long) totals.latencies, rollup.getLatencyCount());
    if (totals.latencies == 0) {
      differences.compare("median", of, null, rollup.getLatencyP50Ms());
      return;
    }
    int[] sorted = totals.sortedLatencies();
    compareQuantile(of, 0.50, sorted, rollup.getLatencyP50Ms());
    compareQuantile(of, 0.95, sorted, rollup.getLatencyP95Ms());
    compareQuantile(of, 0.99, sorted, rollup.getLatencyP99Ms());
  }

  private void compareQuantile(Subject of, double share, int[] sorted, Double actual) {
    // The largest of the given share of all, counted from below.
    int exact = sorted[(int) (share * (sorted.length - 1))];
    // A hair more than 1 %, because the sketch's own bound is computed in doubles.
    if (actual == null || Math.abs(actual - exact) > 0.01 * exact + 1e-9 * exact) {
      differences.add(share + " quantile of " + of + ": expected " + exact + ", found " + actual);
    }
  }
}
