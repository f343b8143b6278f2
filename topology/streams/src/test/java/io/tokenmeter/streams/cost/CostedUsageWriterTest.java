package io.tokenmeter.streams.cost;

import static io.tokenmeter.domain.price.UnitPrice.each;
import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.CostLine;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.RateTable;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.usage.UsageCells;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.LineItem;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.fixture.RandomUsage;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

class CostedUsageWriterTest {
  private static final byte[] HEADER = {0, 0, 0, 1, 2};

  private final CostedUsageWriter writer = new CostedUsageWriter(HEADER);
  private final UsageEventDecoder decoder = new UsageEventDecoder();
  private final MeteredEvent event = new MeteredEvent(new NameTable());

  @Test
  void randomCosts_areWrittenAsTheGeneratedClassWritesThem() throws IOException {
    long seed = 1_234;
    Random random = new Random(seed);
    RandomUsage usage = new RandomUsage(seed);
    PriceBook book = book();
    int compared = 0;
    for (int i = 0; i < 4_000; i++) {
      UsageEvent source = plausible(usage.next(), random);
      byte[] body = TestRegistrySerializer.body(source);
      decoder.decode(body, 0, body.length, event);
      if (new UsageCells().split(event.quantities()) != null) {
        continue; // contradictory counts, which validation rejects
      }
      compared++;
      event.priceWith(book);
      event.calculate(new CostCalculator());
      byte[] value = writer.value(event, 1 + i % 2);
      assertThat(Arrays.copyOf(value, 5)).isEqualTo(HEADER);
      assertThat(Arrays.copyOfRange(value, 5, 5 + body.length)).isEqualTo(body);
      CostedUsage decoded = decode(value);
      String as = "seed " + seed + ", event " + i;
      assertThat(decoded).as(as).isEqualTo(expected(source, event.cost(), 1 + i % 2));
      byte[] again = TestRegistrySerializer.body(decoded);
      assertThat(Arrays.copyOfRange(value, 5 + body.length, value.length))
          .as(as)
          .isEqualTo(Arrays.copyOfRange(again, body.length, again.length));
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  private static UsageEvent plausible(UsageEvent source, Random random) {
    source.setProvider("p");
    source.setModel(random.nextInt(5) == 0 ? "unknown" : "m" + random.nextInt(2));
    source.setServiceTier(random.nextInt(3) == 0 ? "batch" : null);
    source.setInputTokens(optional(random, 400_000));
    source.setCacheReadTokens(optional(random, 300));
    source.setCacheWriteTokens(optional(random, 300));
    source.setCacheWrite1hTokens(optional(random, 100));
    source.setOutputTokens(optional(random, 4_000_000_000L));
    source.setReasoningTokens(optional(random, 1_000));
    if (random.nextInt(4) > 0) {
      source.setExtraUnits(null);
    } else {
      source.setExtraUnits(
          Map.of("audio_seconds", BigDecimal.valueOf(random.nextInt(90_000_000), 6)));
    }
    return source;
  }

  private static Long optional(Random random, long bound) {
    return random.nextInt(3) == 0 ? null : random.nextLong(bound);
  }

  /** m0: tiers, a window, fees; m1: dear beyond the range of a long, and without caches. */
  private static PriceBook book() {
    return PriceBook.of(
        List.of(
            PriceRow.of("p", "m0")
                .effectiveFrom(Instant.parse("1980-01-01T00:00:00Z"))
                .price(perMillion("input_tokens", "3").above(200_000, "6"))
                .price(perMillion("cache_read_tokens", "0.3"))
                .price(perMillion("cache_write_tokens", "3.75"))
                .price(perMillion("output_tokens", "15").above(200_000, "22.5"))
                .price(perMillion("output_tokens", "7.5").at("batch"))
                .price(each("requests", "0.001"))
                .price(each("audio_seconds", "0.0001"))
                .window(
                    new TimeWindow(
                        "night",
                        "Z",
                        Set.of(),
                        LocalTime.of(22, 0),
                        LocalTime.of(6, 0),
                        List.of(perMillion("input_tokens", "1"))))
                .build(),
            PriceRow.of("p", "m1")
                .price(each("input_tokens", "123456.789"))
                .price(each("output_tokens", "1000000.000000000001"))
                .build()));
  }

  private static CostedUsage expected(UsageEvent source, Cost cost, int revision) {
    CostedUsage costed = new CostedUsage();
    for (Schema.Field field : source.getSchema().getFields()) {
      costed.put(field.name(), source.get(field.name()));
    }
    if (cost.hasCost()) {
      costed.setCostUsd(cost.totalCost().toBigDecimal());
      costed.setInputCostUsd(cost.inputCost().toBigDecimal());
      costed.setOutputCostUsd(cost.outputCost().toBigDecimal());
      costed.setCacheReadCostUsd(usd(cost, CostKind.CACHE_READ));
      costed.setCacheWriteCostUsd(usd(cost, CostKind.CACHE_WRITE));
      costed.setFeeCostUsd(usd(cost, CostKind.FEE));
    }
    costed.setPricingStatus(PricingStatus.valueOf(cost.status().name()));
    costed.setUnpricedReason(cost.unpricedText());
    if (cost.pricedBy() != null) {
      costed.setPriceKey(cost.pricedBy().key());
      costed.setPriceEffectiveFrom(cost.pricedBy().row().effectiveFrom());
      costed.setPriceServiceTier(cost.serviceTier());
      long threshold = cost.contextThreshold();
      costed.setPriceContextThreshold(threshold == RateTable.BASE ? null : threshold);
      costed.setPriceTimeWindow(cost.timeWindow());
    }
    costed.setPricingFallbacks(List.copyOf(cost.fallbacks()));
    costed.setLines(cost.lines().stream().map(CostedUsageWriterTest::line).toList());
    costed.setRevision(revision);
    return costed;
  }

  private static BigDecimal usd(Cost cost, CostKind kind) {
    return cost.sumOf(kind).toMoney().toBigDecimal();
  }

  private static LineItem line(CostLine line) {
    return new LineItem(
        line.unit(),
        BigDecimal.valueOf(line.quantityMicros(), 6),
        line.unitPrice(),
        line.cost().toBigDecimal());
  }

  private static CostedUsage decode(byte[] value) throws IOException {
    return new SpecificDatumReader<>(CostedUsage.class)
        .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
  }
}
