package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.streams.proof.ExpectedCost.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every roll-up: minutes added up from the events, and longer windows from the minutes. */
final class ExpectedRollups {
  private static final List<String> DIMENSIONS =
      List.of(
          "model",
          "api_key",
          "workflow",
          "project",
          "team",
          "customer",
          "api_key+model",
          "workflow+model");

  private static final List<Granularity> LONGER =
      List.of(Granularity.HOUR, Granularity.DAY, Granularity.MONTH);

  /** What a roll-up is of. */
  record Subject(
      Granularity granularity, Instant start, String dimension, String key, String subKey) {}

  /** What it must say. */
  static final class Totals {
    long requests;
    long errors;
    long retries;
    long unpriced;
    long fallback;
    long input;
    long cacheRead;
    long cacheWrite;
    long output;
    long reasoning;
    final BigDecimal[] cost = zeros();
    final BigDecimal[] batchCost = zeros();
    int latencies;
    private int[] latency = new int[2];

    private static BigDecimal[] zeros() {
      BigDecimal[] zeros = new BigDecimal[Kind.values().length];
      Arrays.fill(zeros, BigDecimal.ZERO);
      return zeros;
    }

    private void add(InputEvent event, ExpectedCost expected) {
      requests++;
      errors += event.failed() ? 1 : 0;
      retries += event.retry() ? 1 : 0;
      unpriced += expected.isUnpriced() ? 1 : 0;
      fallback += expected.status() == PricingStatus.FALLBACK ? 1 : 0;
      input += event.reported("input_tokens");
      cacheRead += event.reported("cache_read_tokens");
      cacheWrite += event.reported("cache_write_tokens");
      output += event.reported("output_tokens");
      reasoning += event.reported("output_reasoning_tokens");
      expected
          .byKind()
          .forEach(
              (kind, usd) -> {
                cost[kind.ordinal()] = cost[kind.ordinal()].add(usd);
                if (event.isBatch()) {
                  batchCost[kind.ordinal()] = batchCost[kind.ordinal()].add(usd);
                }
              });
      if (event.latency() >= 0) {
        reserve(1);
        latency[latencies++] = (int) Math.max(1, event.latency());
      }
    }

    private void add(Totals minute) {
      requests += minute.requests;
      errors += minute.errors;
      retries += minute.retries;
      unpriced += minute.unpriced;
      fallback += minute.fallback;
      input += minute.input;
      cacheRead += minute.cacheRead;
      cacheWrite += minute.cacheWrite;
      output += minute.output;
      reasoning += minute.reasoning;
      for (int kind = 0; kind < cost.length; kind++) {
        cost[kind] = cost[kind].add(minute.cost[kind]);
        batchCost[kind] = batchCost[kind].add(minute.batchCost[kind]);
      }
      reserve(minute.latencies);
      System.arraycopy(minute.latency, 0, latency, latencies, minute.latencies);
      latencies += minute.latencies;
    }

    private void reserve(int more) {
      if (latencies + more > latency.length) {
        latency = Arrays.copyOf(latency, 2 * latencies + more);
      }
    }

    /** All latencies in milliseconds, in order. */
    int[] sortedLatencies() {
      int[] sorted = Arrays.copyOf(latency, latencies);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  private final int offsetSeconds;
  private final Map<Subject, Totals> minutes = new HashMap<>();

  /** Roll-ups in a zone whose offset never changes. */
  ExpectedRollups(ZoneOffset zone) {
    offsetSeconds = zone.getTotalSeconds();
  }

  void add(InputEvent event, ExpectedCost cost) {
    if (!event.leaf()) {
      return;
    }
    Instant start = start(Granularity.MINUTE, event.occurredAt());
    for (String dimension : DIMENSIONS) {
      int plus = dimension.indexOf('+');
      String key = event.attribute(plus < 0 ? dimension : dimension.substring(0, plus));
      String subKey = plus < 0 ? null : event.attribute(dimension.substring(plus + 1));
      minutes
          .computeIfAbsent(
              new Subject(Granularity.MINUTE, start, dimension, key, subKey),
              subject -> new Totals())
          .add(event, cost);
    }
  }

  /** The totals of every window of every length that holds an event. */
  Map<Subject, Totals> totals() {
    Map<Subject, Totals> all = new HashMap<>(minutes);
    minutes.forEach(
        (subject, totals) -> {
          for (Granularity granularity : LONGER) {
            Instant start = start(granularity, subject.start());
            Subject longer =
                new Subject(
                    granularity, start, subject.dimension(), subject.key(), subject.subKey());
            all.computeIfAbsent(longer, s -> new Totals()).add(totals);
          }
        });
    return all;
  }

  private Instant start(Granularity granularity, Instant time) {
    long local = time.getEpochSecond() + offsetSeconds;
    long start =
        switch (granularity) {
          case MINUTE -> local - Math.floorMod(local, 60);
          case HOUR -> local - Math.floorMod(local, 3600);
          case DAY -> local - Math.floorMod(local, 86_400);
          case MONTH -> firstOfMonth(Math.floorDiv(local, 86_400)) * 86_400;
        };
    return Instant.ofEpochSecond(start - offsetSeconds);
  }

  private static long firstOfMonth(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return day - date.getDayOfMonth() + 1;
  }
}
