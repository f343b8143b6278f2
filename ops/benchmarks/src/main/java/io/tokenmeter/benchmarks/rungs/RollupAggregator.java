package io.tokenmeter.benchmarks.rungs;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageRollup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.kstream.Aggregator;
import org.jspecify.annotations.Nullable;

/** Adds costed events into a roll-up record, which is also what the DSL's stores hold. */
final class RollupAggregator implements Aggregator<String, CostedUsage, UsageRollup> {
  private static final BigDecimal ZERO = BigDecimal.valueOf(0, 12);

  private final boolean latencies;

  /** Adds up latencies too, if {@code latencies}. */
  RollupAggregator(boolean latencies) {
    this.latencies = latencies;
  }

  static UsageRollup empty() {
    UsageRollup rollup = new UsageRollup();
    rollup.setGranularity(Granularity.MINUTE);
    rollup.setWindowStart(Instant.EPOCH);
    rollup.setWindowEnd(Instant.EPOCH);
    rollup.setTimeZone("UTC");
    rollup.setDimension("");
    rollup.setKey("");
    rollup.setCostUsd(ZERO);
    rollup.setInputCostUsd(ZERO);
    rollup.setCacheReadCostUsd(ZERO);
    rollup.setCacheWriteCostUsd(ZERO);
    rollup.setOutputCostUsd(ZERO);
    rollup.setFeeCostUsd(ZERO);
    rollup.setBatchCostUsd(ZERO);
    rollup.setBatchInputCostUsd(ZERO);
    rollup.setBatchCacheReadCostUsd(ZERO);
    rollup.setBatchCacheWriteCostUsd(ZERO);
    rollup.setBatchOutputCostUsd(ZERO);
    rollup.setBatchFeeCostUsd(ZERO);
    return rollup;
  }

  @Override
  public UsageRollup apply(String key, CostedUsage event, UsageRollup rollup) {
    rollup.setRevision(rollup.getRevision() + 1);
    rollup.setRequests(rollup.getRequests() + 1);
    if (event.getStatus() != RequestStatus.OK) {
      rollup.setErrors(rollup.getErrors() + 1);
    }
    if (event.getRetryOf() != null) {
      rollup.setRetries(rollup.getRetries() + 1);
    }
    addTokens(event, rollup);
    addCosts(event, rollup);
    if (latencies) {
      addLatency(event, rollup);
    }
    return rollup;
  }

  private static void addTokens(CostedUsage event, UsageRollup rollup) {
    rollup.setInputTokens(rollup.getInputTokens() + orZero(event.getInputTokens()));
    rollup.setCacheReadTokens(rollup.getCacheReadTokens() + orZero(event.getCacheReadTokens()));
    rollup.setCacheWriteTokens(rollup.getCacheWriteTokens() + orZero(event.getCacheWriteTokens()));
    rollup.setOutputTokens(rollup.getOutputTokens() + orZero(event.getOutputTokens()));
    rollup.setReasoningTokens(rollup.getReasoningTokens() + orZero(event.getReasoningTokens()));
  }

  private static void addCosts(CostedUsage event, UsageRollup rollup) {
    BigDecimal cacheRead = event.getCacheReadCostUsd();
    BigDecimal cacheWrite = event.getCacheWriteCostUsd();
    BigDecimal uncached = event.getInputCostUsd().subtract(cacheRead).subtract(cacheWrite);
    rollup.setCostUsd(rollup.getCostUsd().add(event.getCostUsd()));
    rollup.setInputCostUsd(rollup.getInputCostUsd().add(uncached));
    rollup.setCacheReadCostUsd(rollup.getCacheReadCostUsd().add(cacheRead));
    rollup.setCacheWriteCostUsd(rollup.getCacheWriteCostUsd().add(cacheWrite));
    rollup.setOutputCostUsd(rollup.getOutputCostUsd().add(event.getOutputCostUsd()));
    rollup.setFeeCostUsd(rollup.getFeeCostUsd().add(event.getFeeCostUsd()));
  }

  private static void addLatency(CostedUsage event, UsageRollup rollup) {
    Long latency = event.getLatencyMs();
    if (latency == null) {
      return;
    }
    DDSketch sketch = sketch(rollup);
    sketch.accept(latency);
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      sketch.encode(out, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rollup.setLatencyCount(rollup.getLatencyCount() + 1);
    rollup.setLatencySketch(ByteBuffer.wrap(out.trimmedCopy()));
  }

  /** Fills in what a reader of the output wants beside the sums. */
  static UsageRollup finish(
      UsageRollup rollup,
      Granularity granularity,
      DslDimension dimension,
      String key,
      Instant start,
      Instant end) {
    rollup.setGranularity(granularity);
    rollup.setWindowStart(start);
    rollup.setWindowEnd(end);
    rollup.setDimension(dimension.name());
    rollup.setKey(key);
    DDSketch sketch = sketch(rollup);
    if (!sketch.isEmpty()) {
      rollup.setLatencyP50Ms(sketch.getValueAtQuantile(0.5));
      rollup.setLatencyP95Ms(sketch.getValueAtQuantile(0.95));
      rollup.setLatencyP99Ms(sketch.getValueAtQuantile(0.99));
    }
    return rollup;
  }

  private static DDSketch sketch(UsageRollup rollup) {
    ByteBuffer bytes = rollup.getLatencySketch();
    if (bytes == null) {
      return DDSketches.unboundedDense(0.01);
    }
    int offset = bytes.arrayOffset() + bytes.position();
    try {
      return DDSketch.decode(
          ByteArrayInput.wrap(bytes.array(), offset, bytes.remaining()),
          UnboundedSizeDenseStore::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
