package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
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
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes UsageRollup records: the fields of UsageRollup.avsc one after the other, in the schema's
 * order. A test compares it with the generated class.
 */
final class UsageRollupWriter {
  private static final double[] SHARES = {0.5, 0.95, 0.99};
  private static final int RUN_FIELDS = 12;
  private static final CostKind[] KINDS = CostKind.values();

  private final WindowCalendar calendar;
  private final byte[] wireHeader;
  private final AvroBodyWriter out = new AvroBodyWriter();
  private final MoneySum sum = new MoneySum();
  private final StringBuilder recordKey = new StringBuilder(96);

  /** By granularity, the start that was written last: those of many windows are the same. */
  private final long[] lastStarts = new long[Window.values().length];

  private final String[] lastStartTexts = new String[lastStarts.length];

  UsageRollupWriter(WindowCalendar calendar, byte[] wireHeader) {
    this.calendar = calendar;
    this.wireHeader = wireHeader;
    Arrays.fill(lastStartTexts, Instant.EPOCH.toString());
  }

  /**
   * The record's key: granularity, window start, dimension, key and sub-key, each part URL-encoded.
   */
  byte[] key(Bytes windowKey) {
    RollupBundle.Subject subject = RollupBundle.subject(WindowKey.subject(windowKey));
    Window window = WindowKey.window(windowKey);
    recordKey.setLength(0);
    recordKey
        .append(window)
        .append('/')
        .append(startText(window, WindowKey.start(windowKey)))
        .append('/')
        .append(encode(subject.dimension()))
        .append('/')
        .append(encode(subject.key()));
    if (subject.subKey() != null) {
      recordKey.append('/').append(encode(subject.subKey()));
    }
    return recordKey.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String startText(Window window, long start) {
    int granularity = window.ordinal();
    if (lastStarts[granularity] != start) {
      lastStarts[granularity] = start;
      lastStartTexts[granularity] = Instant.ofEpochSecond(start * 60).toString();
    }
    return lastStartTexts[granularity];
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
    RollupTotals totals = state.totals;
    out.reset()
        .writeRaw(wireHeader)
        .writeLong(window.ordinal())
        .writeLong(WindowCalendar.micros(start))
        .writeLong(WindowCalendar.micros(calendar.end(window, start)))
        .writeString(calendar.zone().getId())
        .writeRaw(WindowKey.subject(windowKey)) // dimension, key and sub_key, in this encoding
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
    sum.clear();
    for (CostKind kind : KINDS) {
      addCost(totals, kind, false);
      addCost(totals, kind, true);
    }
    writeSum();
    for (CostKind kind : KINDS) {
      sum.clear();
      addCost(totals, kind, false);
      addCost(totals, kind, true);
      writeSum();
    }
    sum.clear();
    for (CostKind kind : KINDS) {
      addCost(totals, kind, true);
    }
    writeSum();
    for (CostKind kind : KINDS) {
      sum.clear();
      addCost(totals, kind, true);
      writeSum();
    }
  }

  private void addCost(RollupTotals totals, CostKind kind, boolean batch) {
    int slot = RollupTotals.costSlot(kind, batch);
    sum.add(totals.costHigh(slot), totals.costLow(slot));
  }

  private void writeSum() {
    out.writeDecimal(sum.hi(), sum.lo());
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
