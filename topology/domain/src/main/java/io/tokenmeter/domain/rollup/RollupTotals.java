package io.tokenmeter.domain.rollup;

import io.tokenmeter.domain.cost.CostKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Totals of one window, dimension and key, or the difference that is to be added to them.
 *
 * <p>Counts and tokens are whole. Costs are pico-dollars in 128 bits, as a high and a low word
 * each, for standard and batch traffic apart. Differences may be negative: a correction takes an
 * unpriced request away and adds its cost.
 */
public final class RollupTotals {
  private static final int KINDS = CostKind.values().length;

  /** Number of cost slots: each {@link CostKind}, once for standard and once for batch traffic. */
  public static final int COST_SLOTS = 2 * KINDS;

  /** Billed requests. */
  public long requests;

  /** Requests that ended in an error or were aborted. */
  public long errors;

  /** Requests that repeat an earlier attempt. */
  public long retries;

  /** Requests without a price so far. */
  public long unpricedRequests;

  /** Requests priced by a fallback. */
  public long fallbackRequests;

  /** Input tokens, cache reads and writes included. */
  public long inputTokens;

  /** Cache reads, tokens. */
  public long cacheReadTokens;

  /** Cache writes, tokens. */
  public long cacheWriteTokens;

  /** Output tokens, reasoning included. */
  public long outputTokens;

  /** Reasoning tokens. */
  public long reasoningTokens;

  /** High and low word of each slot. */
  private final long[] costs = new long[2 * COST_SLOTS];

  /** The slots that something was added to, one bit each: most totals use three of the ten. */
  private int usedSlots;

  private @Nullable QuantileSketch latency;
  private @Nullable RunSums runs;

  /** The slot of a kind of cost. */
  public static int costSlot(CostKind kind, boolean batch) {
    return kind.ordinal() + (batch ? KINDS : 0);
  }

  /** Adds pico-dollars to a slot. */
  public void addCost(int slot, long picos) {
    addCost(slot, picos >> 63, picos);
  }

  /** Adds a 128-bit amount of pico-dollars to a slot. */
  public void addCost(int slot, long high, long low) {
    long sum = costs[2 * slot + 1] + low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    costs[2 * slot + 1] = sum;
    costs[2 * slot] += high + carry;
    usedSlots |= 1 << slot;
  }

  /** Whether any amount was added, be it zero. */
  public boolean hasCost() {
    return usedSlots != 0;
  }

  /** High word of a slot's pico-dollars. */
  public long costHigh(int slot) {
    return costs[2 * slot];
  }

  /** Low word of a slot's pico-dollars. */
  public long costLow(int slot) {
    return costs[2 * slot + 1];
  }

  /** Adds one latency by its bin, see {@link QuantileSketch#bin}. */
  public void addLatency(int bin) {
    QuantileSketch sketch = latency;
    if (sketch == null) {
      sketch = new QuantileSketch();
      latency = sketch;
    }
    sketch.add(bin);
  }

  /** Latencies, where any request reported one. */
  public @Nullable QuantileSketch latency() {
    return latency;
  }

  /** Sets the latencies of totals that are being read back. */
  public void latency(@Nullable QuantileSketch sketch) {
    latency = sketch;
  }

  /** Runs that have closed; null where none has. */
  public @Nullable RunSums runs() {
    return runs;
  }

  /** Sets the runs of totals that are being made or read back. */
  public void runs(@Nullable RunSums sums) {
    runs = sums;
  }

  /** Sets everything to zero. */
  public void clear() {
    requests = 0;
    errors = 0;
    retries = 0;
    unpricedRequests = 0;
    fallbackRequests = 0;
    inputTokens = 0;
    cacheReadTokens = 0;
    cacheWriteTokens = 0;
    outputTokens = 0;
    reasoningTokens = 0;
    Arrays.fill(costs, 0);
    usedSlots = 0;
    latency = null;
    runs = null;
  }

  /** Adds all of another's totals. */
  public void add(RollupTotals other) {
    requests += other.requests;
    errors += other.errors;
    retries += other.retries;
    unpricedRequests += other.unpricedRequests;
    fallbackRequests += other.fallbackRequests;
    inputTokens += other.inputTokens;
    cacheReadTokens += other.cacheReadTokens;
    cacheWriteTokens += other.cacheWriteTokens;
    outputTokens += other.outputTokens;
    reasoningTokens += other.reasoningTokens;
    for (int left = other.usedSlots; left != 0; left &= left - 1) {
      int slot = Integer.numberOfTrailingZeros(left);
      addCost(slot, other.costHigh(slot), other.costLow(slot));
    }
    if (other.latency != null) {
      if (latency == null) {
        latency = new QuantileSketch();
      }
      latency.add(other.latency);
    }
    if (other.runs != null) {
      if (runs == null) {
        runs = new RunSums();
      }
      runs.add(other.runs);
    }
  }
}
