package io.tokenmeter.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.cost.CostKind;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollupTotalsTest {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  @Test
  void costSlots_areOneForEachKindAndTier() {
    assertThat(
            Arrays.stream(CostKind.values())
                .flatMapToInt(
                    kind ->
                        java.util.stream.IntStream.of(
                            RollupTotals.costSlot(kind, false), RollupTotals.costSlot(kind, true))))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
        .hasSize(RollupTotals.COST_SLOTS);
  }

  @Test
  void costs_addUpExactlyInEverySlotBeyondTheRangeOfALong() {
    long seed = 31_415;
    Random random = new Random(seed);
    RollupTotals totals = new RollupTotals();
    BigInteger[] expected = new BigInteger[RollupTotals.COST_SLOTS];
    Arrays.fill(expected, BigInteger.ZERO);
    for (int i = 0; i < 50_000; i++) {
      int slot = random.nextInt(RollupTotals.COST_SLOTS);
      if (random.nextBoolean()) {
        long picos = random.nextLong() >> random.nextInt(64);
        totals.addCost(slot, picos);
        expected[slot] = expected[slot].add(BigInteger.valueOf(picos));
      } else {
        BigInteger picos = new BigInteger(random.nextInt(110), random);
        picos = random.nextBoolean() ? picos : picos.negate();
        totals.addCost(slot, picos.shiftRight(64).longValue(), picos.longValue());
        expected[slot] = expected[slot].add(picos);
      }
      assertThat(cost(totals, slot)).as("seed %d, step %d", seed, i).isEqualTo(expected[slot]);
    }
  }

  @Test
  void costTakenAwayAgain_leavesNothing() {
    RollupTotals totals = new RollupTotals();
    totals.addCost(3, 5, 7);
    totals.addCost(3, ~5L, -7L);
    assertThat(cost(totals, 3)).isZero();
    totals.addCost(3, -1);
    assertThat(cost(totals, 3)).isEqualTo(-1);
    totals.addCost(3, 1);
    assertThat(cost(totals, 3)).isZero();
  }

  @Test
  void sumOfSplitEvents_isTheSumOfAll() {
    long seed = 8;
    Random random = new Random(seed);
    RollupTotals all = new RollupTotals();
    RollupTotals parts = new RollupTotals();
    RollupTotals part = new RollupTotals();
    for (int i = 0; i < 2_000; i++) {
      RollupTotals event = randomEvent(random);
      all.add(event);
      part.add(event);
      if (random.nextInt(20) == 0) {
        parts.add(part);
        part.clear();
      }
    }
    parts.add(part);
    assertSame(parts, all);
  }

  @Test
  void correction_takesTheUnpricedRequestAwayAndAddsItsCost() {
    RollupTotals totals = new RollupTotals();
    totals.requests = 2;
    totals.unpricedRequests = 1;
    RollupTotals correction = new RollupTotals();
    correction.unpricedRequests = -1;
    correction.addCost(RollupTotals.costSlot(CostKind.OUTPUT, true), 42);
    totals.add(correction);
    assertThat(totals.requests).isEqualTo(2);
    assertThat(totals.unpricedRequests).isZero();
    assertThat(cost(totals, RollupTotals.costSlot(CostKind.OUTPUT, true))).isEqualTo(42);
  }

  @Test
  void addingTotals_leavesTheOtherOnesLatenciesAlone() {
    RollupTotals minute = new RollupTotals();
    minute.addLatency(QuantileSketch.bin(100));
    RollupTotals hour = new RollupTotals();
    RollupTotals day = new RollupTotals();
    hour.add(minute);
    day.add(minute);
    hour.add(minute);
    assertThat(minute.latency().count()).isEqualTo(1);
    assertThat(day.latency().count()).isEqualTo(1);
    assertThat(hour.latency().count()).isEqualTo(2);
  }

  @Test
  void clear_leavesZeros() {
    RollupTotals totals = randomEvent(new Random(1));
    totals.addLatency(5);
    totals.clear();
    assertSame(totals, new RollupTotals());
    assertThat(totals.latency()).isNull();
  }

  private static RollupTotals randomEvent(Random random) {
    RollupTotals event = new RollupTotals();
    event.requests = 1;
    event.errors = random.nextInt(2);
    event.retries = random.nextInt(2);
    event.unpricedRequests = random.nextInt(3) - 1;
    event.fallbackRequests = random.nextInt(2);
    event.inputTokens = random.nextInt(1_000_000);
    event.cacheReadTokens = random.nextInt(1_000_000);
    event.cacheWriteTokens = random.nextInt(1_000_000);
    event.outputTokens = random.nextInt(1_000_000);
    event.reasoningTokens = random.nextInt(1_000_000);
    event.addCost(random.nextInt(RollupTotals.COST_SLOTS), random.nextLong());
    event.addLatency(QuantileSketch.bin(random.nextInt(100_000)));
    return event;
  }

  private static void assertSame(RollupTotals actual, RollupTotals expected) {
    assertThat(actual).usingRecursiveComparison().ignoringFields("latency").isEqualTo(expected);
    if (expected.latency() != null) {
      assertThat(actual.latency().count()).isEqualTo(expected.latency().count());
      assertThat(actual.latency().quantile(0.5)).isEqualTo(expected.latency().quantile(0.5));
    }
  }

  private static BigInteger cost(RollupTotals totals, int slot) {
    BigInteger low = BigInteger.valueOf(totals.costLow(slot)).mod(TWO_TO_64);
    return BigInteger.valueOf(totals.costHigh(slot)).shiftLeft(64).add(low);
  }
}
