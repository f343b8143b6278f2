package io.tokenmeter.streams.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.LineItem;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.fixture.RandomUsage;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CostedUsageDecoderTest {
  private static final long SEED = 4_711;

  private final Random random = new Random(SEED);
  private final CostedUsageDecoder decoder = new CostedUsageDecoder();
  private final MeteredEvent event = new MeteredEvent(new NameTable());

  @Test
  void randomRecords_areReadAsTheGeneratedClassHasThem() {
    RandomUsage usage = new RandomUsage(SEED);
    for (int i = 0; i < 2_000; i++) {
      UsageEvent source = usage.next();
      CostedUsage costed = costed(source);
      byte[] eventBody = TestRegistrySerializer.body(source);
      byte[] body = TestRegistrySerializer.body(costed);

      CountedCost counted = decoder.decode(body, 0, body.length, event);

      String as = "seed " + SEED + ", record " + i;
      assertThat(event.eventId()).as(as).isEqualTo(costed.getEventId());
      assertThat(event.model()).as(as).isEqualTo(costed.getModel());
      assertThat(event.bodyLength()).as(as).isEqualTo(eventBody.length);
      assertThat(counted.revision()).as(as).isEqualTo(costed.getRevision());
      assertThat(counted.status().name()).as(as).isEqualTo(costed.getPricingStatus().name());
      assertThat(decoder.priceKey()).as(as).isEqualTo(costed.getPriceKey());
      assertThat(counted.total()).as(as).isEqualTo(money(costed.getCostUsd()));
      assertThat(counted.of(CostKind.OUTPUT)).as(as).isEqualTo(money(costed.getOutputCostUsd()));
      assertThat(counted.of(CostKind.FEE)).as(as).isEqualTo(money(costed.getFeeCostUsd()));
      Money inputSide =
          counted
              .of(CostKind.INPUT)
              .plus(counted.of(CostKind.CACHE_READ))
              .plus(counted.of(CostKind.CACHE_WRITE));
      assertThat(inputSide).as(as).isEqualTo(money(costed.getInputCostUsd()));
      assertThat(counted.costFields().length)
          .as(as)
          .isEqualTo(body.length - eventBody.length - revisionLength(costed.getRevision()));
    }
  }

  @Test
  void everyTruncation_isRefused() {
    byte[] body = TestRegistrySerializer.body(costed(new RandomUsage(SEED).next()));
    for (int length = 0; length < body.length; length++) {
      int end = length;
      assertThatThrownBy(() -> decoder.decode(body, 0, end, event))
          .as("%d of %d bytes", length, body.length)
          .isInstanceOf(MalformedAvroException.class);
    }
    assertThatThrownBy(
            () -> decoder.decode(Arrays.copyOf(body, body.length + 1), 0, body.length + 1, event))
        .isInstanceOf(MalformedAvroException.class);
  }

  @Test
  void costsThatDoNotAddUp_areRefused() {
    CostedUsage costed = costed(new RandomUsage(SEED).next());
    costed.setCostUsd(new BigDecimal("1.000000000000"));
    costed.setOutputCostUsd(new BigDecimal("0.250000000000"));
    costed.setInputCostUsd(new BigDecimal("0.250000000000"));
    costed.setCacheReadCostUsd(null);
    costed.setCacheWriteCostUsd(null);
    costed.setFeeCostUsd(null);
    byte[] body = TestRegistrySerializer.body(costed);
    assertThatThrownBy(() -> decoder.decode(body, 0, body.length, event))
        .isInstanceOf(MalformedAvroException.class)
        .hasMessageContaining("do not add up to cost_usd, 1 USD");
  }

  private CostedUsage costed(UsageEvent source) {
    CostedUsage costed = new CostedUsage();
    for (Schema.Field field : source.getSchema().getFields()) {
      costed.put(field.name(), source.get(field.name()));
    }
    costed.setPricingStatus(PricingStatus.values()[random.nextInt(3)]);
    if (random.nextInt(4) > 0) {
      BigDecimal read = usd();
      BigDecimal write = usd();
      BigDecimal inputSide = usd().add(read).add(write);
      BigDecimal output = usd();
      BigDecimal fee = usd();
      costed.setCacheReadCostUsd(read);
      costed.setCacheWriteCostUsd(write);
      costed.setInputCostUsd(inputSide);
      costed.setOutputCostUsd(output);
      costed.setFeeCostUsd(fee);
      costed.setCostUsd(inputSide.add(output).add(fee));
      costed.setPriceKey("p|m|" + random.nextInt());
      costed.setPriceEffectiveFrom(Instant.ofEpochSecond(random.nextInt()));
      costed.setPriceServiceTier(random.nextBoolean() ? "batch" : null);
      costed.setPriceContextThreshold(random.nextBoolean() ? 200_000L : null);
      costed.setPriceTimeWindow(random.nextBoolean() ? "night" : null);
    } else {
      costed.setUnpricedReason("UNKNOWN_MODEL");
    }
    costed.setPricingFallbacks(random.nextBoolean() ? List.of() : List.of("a -> b", "c -> d"));
    costed.setLines(
        random.nextBoolean()
            ? List.of()
            : List.of(new LineItem("input_tokens", new BigDecimal("3.000000"), usd(), usd())));
    costed.setRevision(1 + random.nextInt(300));
    return costed;
  }

  /** Of any size that fits 120 bits, zero among them. */
  private BigDecimal usd() {
    return new BigDecimal(new BigInteger(random.nextInt(118), random), 12);
  }

  private static Money money(BigDecimal usd) {
    return usd == null ? Money.ZERO : Money.of(usd);
  }

  private static int revisionLength(int revision) {
    return revision < 64 ? 1 : 2;
  }
}
