package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.QuantileSketch;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.RunSums;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** {@link RollupTotals} in a fixed layout, for the bundles and the store of the roll-ups. */
final class TotalsCodec {
  private TotalsCodec() {}

  static void write(AvroBodyWriter out, RollupTotals totals) {
    out.writeLong(totals.requests)
        .writeLong(totals.errors)
        .writeLong(totals.retries)
        .writeLong(totals.unpricedRequests)
        .writeLong(totals.fallbackRequests)
        .writeLong(totals.inputTokens)
        .writeLong(totals.cacheReadTokens)
        .writeLong(totals.cacheWriteTokens)
        .writeLong(totals.outputTokens)
        .writeLong(totals.reasoningTokens);
    int used = 0;
    for (int slot = 0; slot < RollupTotals.COST_SLOTS; slot++) {
      if ((totals.costHigh(slot) | totals.costLow(slot)) != 0) {
        used |= 1 << slot;
      }
    }
    out.writeLong(used);
    for (int slot = 0; slot < RollupTotals.COST_SLOTS; slot++) {
      if ((used & 1 << slot) != 0) {
        out.writeLong(totals.costHigh(slot)).writeLong(totals.costLow(slot));
      }
    }
    writeSketch(out, totals.latency());
    writeRuns(out, totals.runs());
  }

  private static void writeRuns(AvroBodyWriter out, @Nullable RunSums runs) {
    if (runs == null) {
      out.writeNull();
      return;
    }
    out.writePresent();
    out.writeLong(runs.runs).writeLong(runs.successes);
    out.writeLong(runs.steps).writeLong(runs.retries);
    out.writeLong(runs.cost().hi()).writeLong(runs.cost().lo());
    out.writeLong(runs.retryCost().hi()).writeLong(runs.retryCost().lo());
    writeAmounts(out, runs.dearest().known());
    writeAmounts(out, runs.dearest().takenAway());
    writeSketch(out, runs.costs());
  }

  private static void writeAmounts(AvroBodyWriter out, Collection<Money> amounts) {
    out.writeLong(amounts.size());
    amounts.forEach(amount -> out.writeLong(amount.hi()).writeLong(amount.lo()));
  }

  /**
   * The number of used bins and how far the last is from the first; then for each the distance from
   * the one before, and its count.
   */
  private static void writeSketch(AvroBodyWriter out, @Nullable QuantileSketch latency) {
    if (latency == null || latency.usedBins() == 0) {
      out.writeLong(0);
      return;
    }
    out.writeLong(latency.usedBins()).writeLong(latency.lastUsedBin() - latency.firstUsedBin());
    int previous = 0;
    for (int i = 0; i < latency.binCount(); i++) {
      int latencies = latency.latenciesAt(i);
      if (latencies != 0) {
        int bin = latency.firstBin() + i;
        out.writeLong(bin - previous).writeLong(latencies);
        previous = bin;
      }
    }
  }

  static RollupTotals read(AvroBodyReader in) {
    RollupTotals totals = new RollupTotals();
    totals.requests = in.readLong();
    totals.errors = in.readLong();
    totals.retries = in.readLong();
    totals.unpricedRequests = in.readLong();
    totals.fallbackRequests = in.readLong();
    totals.inputTokens = in.readLong();
    totals.cacheReadTokens = in.readLong();
    totals.cacheWriteTokens = in.readLong();
    totals.outputTokens = in.readLong();
    totals.reasoningTokens = in.readLong();
    long used = in.readLong();
    for (int slot = 0; slot < RollupTotals.COST_SLOTS; slot++) {
      if ((used & 1L << slot) != 0) {
        long high = in.readLong();
        totals.addCost(slot, high, in.readLong());
      }
    }
    totals.latency(readSketch(in));
    totals.runs(readRuns(in));
    return totals;
  }

  private static @Nullable RunSums readRuns(AvroBodyReader in) {
    if (!in.readPresent()) {
      return null;
    }
    RunSums runs = new RunSums();
    runs.runs = in.readLong();
    runs.successes = in.readLong();
    runs.steps = in.readLong();
    runs.retries = in.readLong();
    runs.cost().set(in.readLong(), in.readLong());
    runs.retryCost().set(in.readLong(), in.readLong());
    for (long left = in.readLong(); left > 0; left--) {
      runs.dearest().add(Money.of(in.readLong(), in.readLong()));
    }
    for (long left = in.readLong(); left > 0; left--) {
      runs.dearest().take(Money.of(in.readLong(), in.readLong()));
    }
    QuantileSketch costs = readSketch(in);
    if (costs != null) {
      runs.costs().add(costs);
    }
    return runs;
  }

  private static @Nullable QuantileSketch readSketch(AvroBodyReader in) {
    long used = in.readLong();
    if (used == 0) {
      return null;
    }
    int span = Math.toIntExact(in.readLong());
    int bin = Math.toIntExact(in.readLong());
    QuantileSketch latency = new QuantileSketch(bin, bin + span);
    latency.add(bin, in.readLong());
    for (long left = used - 1; left > 0; left--) {
      bin += (int) in.readLong();
      latency.add(bin, in.readLong());
    }
    return latency;
  }
}
