package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.LatencySketch;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
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
    writeLatency(out, totals.latency());
  }

  /** The number of used bins; then for each the distance from the one before, and its count. */
  private static void writeLatency(AvroBodyWriter out, @Nullable LatencySketch latency) {
    if (latency == null) {
      out.writeLong(0);
      return;
    }
    out.writeLong(latency.usedBins());
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
    totals.latency(readLatency(in));
    return totals;
  }

  private static @Nullable LatencySketch readLatency(AvroBodyReader in) {
    long used = in.readLong();
    if (used == 0) {
      return null;
    }
    LatencySketch latency = new LatencySketch();
    int bin = 0;
    for (long i = 0; i < used; i++) {
      bin += (int) in.readLong();
      latency.add(bin, in.readLong());
    }
    return latency;
  }
}
