package io.tokenmeter.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.rollup.QuantileSketch;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.RunSums;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class UsageRollupWriterTest {
  private static final byte[] HEADER = {0, 0, 0, 0, 7};

  private final WindowCalendar calendar = new WindowCalendar(ZoneId.of("Asia/Kolkata"));
  private final UsageRollupWriter writer = new UsageRollupWriter(calendar, HEADER);

  static {
    GeneratedClasses.trust();
  }

  @Test
  void randomTotals_areWrittenAsTheGeneratedClassWritesThem() throws IOException {
    long seed = 90;
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Window window = Window.ofOrdinal(random.nextInt(4));
      long start = calendar.start(window, 29_000_000 + random.nextInt(1_000_000));
      String subKey = random.nextBoolean() ? null : "größe-" + i;
      WindowState state = new WindowState();
      state.totals.add(RollupBundleTest.random(random));
      state.revision = 1 + random.nextInt(1000);
      byte[] value = writer.value(WindowKey.of(window, start, subject("key-" + i, subKey)), state);

      UsageRollup expected = expected(window, start, "key-" + i, subKey, state);
      assertThat(Arrays.copyOf(value, 5)).isEqualTo(HEADER);
      assertThat(decode(value)).as("seed %d, case %d", seed, i).isEqualTo(expected);
      assertThat(Arrays.copyOfRange(value, 5, value.length))
          .as("seed %d, case %d", seed, i)
          .isEqualTo(TestRegistrySerializer.body(expected));
    }
  }

  private UsageRollup expected(
      Window window, long start, String key, String subKey, WindowState state) {
    RollupTotals totals = state.totals;
    UsageRollup rollup = new UsageRollup();
    rollup.setGranularity(Granularity.valueOf(window.name()));
    rollup.setWindowStart(Instant.ofEpochSecond(60 * start));
    rollup.setWindowEnd(Instant.ofEpochSecond(60 * calendar.end(window, start)));
    rollup.setTimeZone("Asia/Kolkata");
    rollup.setDimension("workflow+model");
    rollup.setKey(key);
    rollup.setSubKey(subKey);
    rollup.setRevision(state.revision);
    rollup.setRequests(totals.requests);
    rollup.setErrors(totals.errors);
    rollup.setRetries(totals.retries);
    rollup.setUnpricedRequests(totals.unpricedRequests);
    rollup.setFallbackRequests(totals.fallbackRequests);
    rollup.setInputTokens(totals.inputTokens);
    rollup.setCacheReadTokens(totals.cacheReadTokens);
    rollup.setCacheWriteTokens(totals.cacheWriteTokens);
    rollup.setOutputTokens(totals.outputTokens);
    rollup.setReasoningTokens(totals.reasoningTokens);
    rollup.setCostUsd(usd(totals, true, true, CostKind.values()));
    rollup.setInputCostUsd(usd(totals, true, true, CostKind.INPUT));
    rollup.setCacheReadCostUsd(usd(totals, true, true, CostKind.CACHE_READ));
    rollup.setCacheWriteCostUsd(usd(totals, true, true, CostKind.CACHE_WRITE));
    rollup.setOutputCostUsd(usd(totals, true, true, CostKind.OUTPUT));
    rollup.setFeeCostUsd(usd(totals, true, true, CostKind.FEE));
    rollup.setBatchCostUsd(usd(totals, false, true, CostKind.values()));
    rollup.setBatchInputCostUsd(usd(totals, false, true, CostKind.INPUT));
    rollup.setBatchCacheReadCostUsd(usd(totals, false, true, CostKind.CACHE_READ));
    rollup.setBatchCacheWriteCostUsd(usd(totals, false, true, CostKind.CACHE_WRITE));
    rollup.setBatchOutputCostUsd(usd(totals, false, true, CostKind.OUTPUT));
    rollup.setBatchFeeCostUsd(usd(totals, false, true, CostKind.FEE));
    QuantileSketch latency = totals.latency();
    rollup.setLatencyCount(latency == null ? 0 : latency.count());
    if (latency != null) {
      rollup.setLatencyP50Ms(latency.quantile(0.5));
      rollup.setLatencyP95Ms(latency.quantile(0.95));
      rollup.setLatencyP99Ms(latency.quantile(0.99));
      rollup.setLatencySketch(ByteBuffer.wrap(latency.encode()));
    }
    if (totals.runs() != null) {
      setRuns(rollup, totals.runs());
    }
    return rollup;
  }

  private static void setRuns(UsageRollup rollup, RunSums runs) {
    rollup.setRuns(runs.runs);
    rollup.setSuccessfulRuns(runs.successes);
    rollup.setRunSteps(runs.steps);
    rollup.setRunRetries(runs.retries);
    rollup.setRunCostUsd(runs.cost().toMoney().toBigDecimal());
    rollup.setRunRetryCostUsd(runs.retryCost().toMoney().toBigDecimal());
    if (runs.successes > 0) {
      rollup.setCostPerSuccessfulRunUsd(
          runs.cost()
              .toMoney()
              .toBigDecimal()
              .divide(BigDecimal.valueOf(runs.successes), 12, RoundingMode.HALF_EVEN));
    }
    rollup.setRunCostP50Usd(quantile(runs, 0.5));
    rollup.setRunCostP95Usd(quantile(runs, 0.95));
    rollup.setRunCostP99Usd(quantile(runs, 0.99));
    rollup.setRunCostMaxUsd(runs.dearest().highest().toBigDecimal());
    rollup.setRunCostSketch(ByteBuffer.wrap(runs.costs().encode()));
  }

  private static BigDecimal quantile(RunSums runs, double share) {
    return BigDecimal.valueOf(runs.costs().quantile(share)).setScale(12, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal usd(
      RollupTotals totals, boolean standard, boolean batch, CostKind... kinds) {
    BigInteger picos = BigInteger.ZERO;
    for (CostKind kind : kinds) {
      picos = standard ? picos.add(picos(totals, RollupTotals.costSlot(kind, false))) : picos;
      picos = batch ? picos.add(picos(totals, RollupTotals.costSlot(kind, true))) : picos;
    }
    return new BigDecimal(picos, 12);
  }

  private static BigInteger picos(RollupTotals totals, int slot) {
    return new BigInteger(
        ByteBuffer.allocate(16)
            .putLong(totals.costHigh(slot))
            .putLong(totals.costLow(slot))
            .array());
  }

  private static byte[] subject(String key, String subKey) {
    AvroBodyWriter out = new AvroBodyWriter();
    return out.writeString("workflow+model")
        .writeString(key)
        .writeOptionalString(subKey)
        .toByteArray();
  }

  private static UsageRollup decode(byte[] value) throws IOException {
    return new SpecificDatumReader<>(UsageRollup.class)
        .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
  }

  @Test
  void recordKey_namesWindowStartDimensionAndKeys() {
    long start = Instant.parse("2026-03-15T18:30:00Z").getEpochSecond() / 60;
    Bytes key = WindowKey.of(Window.DAY, start, subject("a b", "c/d"));
    assertThat(new String(writer.key(key)))
        .isEqualTo("DAY/2026-03-15T18:30:00Z/workflow+model/a%20b/c%2Fd");
  }
}
