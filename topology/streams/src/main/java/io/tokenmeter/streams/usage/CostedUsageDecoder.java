package io.tokenmeter.streams.usage;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.avro.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CostedUsage records back: the event by its own decoder, then the cost fields of
 * CostedUsage.avsc one after the other. A test compares it with the generated class. Not
 * thread-safe.
 */
public final class CostedUsageDecoder {
  private static final int STATUSES = PricingStatus.values().length;

  private final UsageEventDecoder decoder = new UsageEventDecoder();
  private final AvroBodyReader in = new AvroBodyReader();
  private byte[] body = new byte[0];
  private long priceKey = Slice.ABSENT;

  /**
   * Fills an event from the body of a CostedUsage in the current schema.
   *
   * @return what the event has counted for by this record
   * @throws MalformedAvroException if the bytes are not one whole CostedUsage
   */
  public CountedCost decode(byte[] bytes, int start, int end, MeteredEvent event) {
    body = bytes;
    int costStart = decoder.decodeLeading(bytes, start, end, event);
    in.start(bytes, costStart, end);
    Money[] byKind = readCosts();
    PricingStatus status = PricingStatus.values()[in.readEnum(STATUSES)];
    in.readOptionalSlice(); // unpriced_reason
    priceKey = in.readOptionalSlice();
    skipPrice();
    skipFallbacks();
    skipLines();
    byte[] costFields = Arrays.copyOfRange(bytes, costStart, in.position());
    int revision = in.readPositiveInt();
    in.expectEnd();
    return new CountedCost(revision, status, List.of(byKind), costFields, null);
  }

  /** Key of the row that priced the record read last; null if none did. */
  public @Nullable String priceKey() {
    return priceKey == Slice.ABSENT
        ? null
        : new String(body, Slice.offset(priceKey), Slice.length(priceKey), StandardCharsets.UTF_8);
  }

  /** In the order of {@link CostKind}; zeros where there is no cost. */
  private Money[] readCosts() {
    Money total = readOptionalMoney();
    Money inputSide = readOptionalMoney();
    Money[] byKind = new Money[CostKind.values().length];
    byKind[CostKind.OUTPUT.ordinal()] = readOptionalMoney();
    byKind[CostKind.CACHE_READ.ordinal()] = readOptionalMoney();
    byKind[CostKind.CACHE_WRITE.ordinal()] = readOptionalMoney();
    byKind[CostKind.FEE.ordinal()] = readOptionalMoney();
    byKind[CostKind.INPUT.ordinal()] =
        inputSide
            .minus(byKind[CostKind.CACHE_READ.ordinal()])
            .minus(byKind[CostKind.CACHE_WRITE.ordinal()]);
    if (!Arrays.stream(byKind).reduce(Money.ZERO, Money::plus).equals(total)) {
      throw new MalformedAvroException("the costs by kind do not add up to cost_usd, " + total);
    }
    return byKind;
  }

  private Money readOptionalMoney() {
    return in.readPresent() ? in.readMoney() : Money.ZERO;
  }

  private void skipPrice() {
    in.readOptionalLong(0); // price_effective_from
    in.readOptionalSlice(); // price_service_tier
    in.readOptionalLong(0); // price_context_threshold
    in.readOptionalSlice(); // price_time_window
  }

  private void skipFallbacks() {
    for (int block = in.readBlockCount(); block > 0; block = in.readBlockCount()) {
      for (int i = 0; i < block; i++) {
        in.readSlice();
      }
    }
  }

  private void skipLines() {
    for (int block = in.readBlockCount(); block > 0; block = in.readBlockCount()) {
      for (int i = 0; i < block; i++) {
        in.readSlice(); // unit
        in.readSlice(); // quantity
        in.readSlice(); // unit_price_usd
        in.readSlice(); // cost_usd
      }
    }
  }
}
