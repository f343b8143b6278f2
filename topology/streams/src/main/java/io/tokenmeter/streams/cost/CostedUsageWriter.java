package io.tokenmeter.streams.cost;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.CostLine;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.domain.price.RateTable;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.util.Arrays;
import java.util.List;

/**
 * Writes CostedUsage records: the event's own bytes, then the cost fields of CostedUsage.avsc one
 * after the other, in the schema's order. A test compares it with the generated class. Not
 * thread-safe.
 */
final class CostedUsageWriter {
  private final byte[] wireHeader;
  private final AvroBodyWriter out = new AvroBodyWriter();
  private final MoneySum sum = new MoneySum();
  private byte[] value = new byte[0];
  private int costStart;
  private int costEnd;

  CostedUsageWriter(byte[] wireHeader) {
    this.wireHeader = wireHeader;
  }

  /** The record's value in the registry's wire format. */
  byte[] value(MeteredEvent event, int revision) {
    Cost cost = event.cost();
    out.reset().writeRaw(wireHeader);
    out.writeRaw(event.body(), event.bodyStart(), event.bodyLength());
    costStart = out.size();
    writeTotals(cost);
    out.writeLong(cost.status().ordinal());
    out.writeOptionalString(cost.unpricedText());
    writePrice(cost);
    writeFallbacks(cost.fallbacks());
    writeLines(cost);
    costEnd = out.size();
    out.writeLong(revision);
    value = out.toByteArray();
    return value;
  }

  /** Whether the record written last has these cost fields, whatever its revision is. */
  boolean hasCostFields(byte[] costFields) {
    return Arrays.equals(value, costStart, costEnd, costFields, 0, costFields.length);
  }

  private void writeTotals(Cost cost) {
    if (!cost.hasCost()) {
      for (int i = 0; i < 6; i++) {
        out.writeNull();
      }
      return;
    }
    MoneySum input = cost.sumOf(CostKind.INPUT);
    MoneySum cacheRead = cost.sumOf(CostKind.CACHE_READ);
    MoneySum cacheWrite = cost.sumOf(CostKind.CACHE_WRITE);
    MoneySum output = cost.sumOf(CostKind.OUTPUT);
    MoneySum fee = cost.sumOf(CostKind.FEE);
    sum.clear();
    sum.add(input);
    sum.add(cacheRead);
    sum.add(cacheWrite);
    Money inputSide = sum.toMoney();
    sum.add(output);
    sum.add(fee);
    writeMoney(sum);
    out.writePresent().writeDecimal(inputSide.hi(), inputSide.lo());
    writeMoney(output);
    writeMoney(cacheRead);
    writeMoney(cacheWrite);
    writeMoney(fee);
  }

  private void writeMoney(MoneySum money) {
    out.writePresent().writeDecimal(money.hi(), money.lo());
  }

  private void writePrice(Cost cost) {
    PricedBy price = cost.pricedBy();
    if (price == null) {
      out.writeNull().writeNull().writeNull().writeNull().writeNull();
      return;
    }
    out.writePresent().writeString(price.key());
    writeOptionalLong(price.effectiveFromMicros(), Long.MIN_VALUE);
    out.writePresent().writeString(cost.serviceTier());
    writeOptionalLong(cost.contextThreshold(), RateTable.BASE);
    out.writeOptionalString(cost.timeWindow());
  }

  private void writeOptionalLong(long value, long absent) {
    if (value == absent) {
      out.writeNull();
    } else {
      out.writePresent().writeLong(value);
    }
  }

  private void writeFallbacks(List<String> fallbacks) {
    if (!fallbacks.isEmpty()) {
      out.writeLong(fallbacks.size());
      for (int i = 0; i < fallbacks.size(); i++) {
        out.writeString(fallbacks.get(i));
      }
    }
    out.writeLong(0);
  }

  private void writeLines(Cost cost) {
    int count = cost.lineCount();
    if (count > 0) {
      out.writeLong(count);
      for (int i = 0; i < count; i++) {
        CostLine line = cost.line(i);
        out.writeString(line.unit())
            .writeDecimal(line.quantityMicros())
            .writeDecimal(line.picosPerUnit())
            .writeDecimal(line.sum().hi(), line.sum().lo());
      }
    }
    out.writeLong(0);
  }
}
