package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.QuantileSketch;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.RunSums;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes UsageRollup records: the fields of UsageRollup.avsc one after the other, in the schema's
 * order. A test compares it with the generated class.
 */
final class UsageRollupWriter {
  private static final double[] SHARES = {0.5, 0.95, 0.99};
  private static final int RUN_FIELDS = 12;

  private final WindowCalendar calendar;
  private final byte[] wireHeader;
  private final AvroBodyWriter out = new AvroBodyWriter();

  UsageRollupWriter(WindowCalendar calendar, byte[] wireHeader) {
    this.calendar = calendar;
    this.wireHeader = wireHeader;
  }

  /**
   * The record's key: granularity, window start, dimension, key and sub-key, each part URL-encoded.
   */
  byte[] key(Bytes windowKey) {
    RollupBundle.Subject subject = RollupBundle.subject(WindowKey.subject(windowKey));
    StringBuilder key =
        new StringBuilder(96)
            .append(WindowKey.window(windowKey))
            .append('/')
            .append(Instant.ofEpochSecond(WindowKey.start(windowKey) * 60))
            .append('/')
            .append(encode(subject.dimension()))
            .append('/')
            .append(encode(subject.key()));
    if (subject.subKey() != null) {
      key.append('/').append(encode(subject.subKey()));
    }
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String encode(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "-._~+:@".indexOf(c) < 0) {
        // A space becomes + there, and a + stays one here: the two must not meet.
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
      }
    }
    return part;
  }

  /** The record's value in the registry's wire format. */
  byte[] value(Bytes windowKey, WindowState state) {
    Window window = WindowKey.window(windowKey);
    long start = WindowKey.start(windowKey);
    RollupBundle.Subject subject = RollupBundle.subject(WindowKey.subject(windowKey));
    RollupTotals totals = state.totals;
    out.reset()
        .writeRaw(wireHeader)
        .writeLong(window.ordinal())
        .writeLong(WindowCalendar.micros(start))
        .writeLong(WindowCalendar.micros(calendar.end(window, start)))
        .writeString(calendar.zone().getId())
        .writeString(subject.dimension())
        .writeString(subject.key())
        .writeOptionalString(subject.subKey())
        .writeLong(state.revision)
        .writeLong(totals.requests)
        .writeLong(totals.errors)
        .writeLong(totals.retries)
        .writeLong(totals.unpricedRequests)
        .writeLong(totals.fallbackRequests)
        .writeLong(totals.inputTokens)
        .writeLong(totals.cacheReadTokens)
        .writeLong(totals.cacheWriteTokens)
        .writeLong(totals.outputTokens)
        .writeLong(totals.reasoningTokens);
    writeCosts(totals);
    writeLatency(totals);
    writeRuns(totals.runs());
    return out.toByteArray();
  }

  private void writeCosts(RollupTotals totals) {
    RollupTotals sums = new RollupTotals();
    int all = 0;
    int batch = RollupTotals.costSlot(CostKind.INPUT, true);
    for (CostKind kind : CostKind.values()) {
      int standardSlot = RollupTotals.costSlot(kind, false);
      int batchSlot = RollupTotals.costSlot(kind, true);
      sums.addCost(all, totals.costHigh(standardSlot), totals.costLow(standardSlot));
      sums.addCost(all, totals.costHigh(batchSlot), totals.costLow(batchSlot));
      sums.addCost(batch, totals.costHigh(batchSlot), totals.costLow(batchSlot));
    }
    writeCost(sums, all);
    for (CostKind kind : CostKind.values()) {
      RollupTotals both = new RollupTotals();
      int standardSlot = RollupTotals.costSlot(kind, false);
      int batchSlot = RollupTotals.costSlot(kind, true);
      both.addCost(0, totals.costHigh(standardSlot), totals.costLow(standardSlot));
      both.addCost(0, totals.costHigh(batchSlot), totals.costLow(batchSlot));
      writeCost(both, 0);
    }
    writeCost(sums, batch);
    for (CostKind kind : CostKind.values()) {
      writeCost(totals, RollupTotals.costSlot(kind, true));
    }
  }

  private void writeCost(RollupTotals totals, int slot) {
    out.writeDecimal(totals.costHigh(slot), totals.costLow(slot));
  }

  private void writeLatency(RollupTotals totals) {
    QuantileSketch latency = totals.latency();
    if (latency == null) {
      out.writeLong(0).writeNull().writeNull().writeNull().writeNull();
      return;
    }
    out.writeLong(latency.count());
    for (double share : SHARES) {
      out.writePresent().writeDouble(latency.quantile(share));
    }
    out.writePresent().writeBytes(latency.encode());
  }

  private void writeRuns(@Nullable RunSums runs) {
    if (runs == null) {
      for (int field = 0; field < RUN_FIELDS; field++) {
        out.writeNull();
      }
      return;
    }
    out.writePresent().writeLong(runs.runs).writePresent().writeLong(runs.successes);
    out.writePresent().writeLong(runs.steps).writePresent().writeLong(runs.retries);
    writeOptional(runs.cost().toMoney());
    writeOptional(runs.retryCost().toMoney());
    writeOptional(perSuccess(runs));
    for (double share : SHARES) {
      writeOptional(runs.runs > 0 ? dollars(runs.costs().quantile(share)) : null);
    }
    writeOptional(runs.dearest().highest());
    out.writePresent().writeBytes(runs.costs().encode());
  }

  private static @Nullable Money perSuccess(RunSums runs) {
    if (runs.successes <= 0) {
      return null;
    }
    BigDecimal cost = runs.cost().toMoney().toBigDecimal();
    return Money.of(
        cost.divide(BigDecimal.valueOf(runs.successes), Money.SCALE, RoundingMode.HALF_EVEN));
  }

  private static Money dollars(double estimate) {
    return Money.of(BigDecimal.valueOf(estimate).setScale(Money.SCALE, RoundingMode.HALF_EVEN));
  }

  private void writeOptional(@Nullable Money money) {
    if (money == null) {
      out.writeNull();
    } else {
      out.writePresent().writeDecimal(money.hi(), money.lo());
    }
  }
}
