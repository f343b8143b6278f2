package io.tokenmeter.streams.cost;

import static io.tokenmeter.domain.price.UnitPrice.each;
import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.LineItem;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.fixture.Flow;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CalculateCostTest {
  private final Flow flow = Flow.start();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void costedRecord_carriesEveryPartOfTheCost() {
    flow.publish(
        PriceRow.of("anthropic", "claude-sonnet-4-5")
            .price(perMillion("input_tokens", "3").above(200_000, "6"))
            .price(perMillion("cache_read_tokens", "0.30").above(200_000, "0.60"))
            .price(perMillion("cache_write_tokens", "3.75"))
            .price(perMillion("output_tokens", "15").above(200_000, "22.50"))
            .price(each("web_searches", "0.01"))
            .build());
    flow.send(
        request("e")
            .setProvider("anthropic")
            .setModel("claude-sonnet-4-5")
            .setInputTokens(300_000L)
            .setCacheReadTokens(100_000L)
            .setCacheWriteTokens(10_000L)
            .setOutputTokens(1_000L)
            .setReasoningTokens(400L)
            .setExtraUnits(Map.of("web_searches", new BigDecimal("3.000000")))
            .build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getLines())
        .containsExactly(
            line("input_tokens", "190000", "0.000006", "1.14"),
            line("cache_read_tokens", "100000", "0.0000006", "0.06"),
            line("cache_write_tokens", "10000", "0.00000375", "0.0375"),
            line("output_tokens", "1000", "0.0000225", "0.0225"),
            line("web_searches", "3", "0.01", "0.03"));
    assertThat(costed.getInputCostUsd()).isEqualTo(usd("1.2375"));
    assertThat(costed.getCacheReadCostUsd()).isEqualTo(usd("0.06"));
    assertThat(costed.getCacheWriteCostUsd()).isEqualTo(usd("0.0375"));
    assertThat(costed.getOutputCostUsd()).isEqualTo(usd("0.0225"));
    assertThat(costed.getFeeCostUsd()).isEqualTo(usd("0.03"));
    assertThat(costed.getCostUsd()).isEqualTo(usd("1.29"));
    assertThat(costed.getPriceContextThreshold()).isEqualTo(200_000);
    assertThat(costed.getPricingStatus()).isEqualTo(PricingStatus.FALLBACK);
    assertThat(costed.getPricingFallbacks())
        .containsExactly("output_reasoning_tokens -> output_tokens");
  }

  @Test
  void offPeakRate_isNamedByItsWindow() {
    flow.publish(
        GPT_4O.toBuilder()
            .window(
                new TimeWindow(
                    "morning",
                    "Europe/Berlin",
                    Set.of(),
                    LocalTime.of(11, 0),
                    LocalTime.of(12, 0),
                    List.of(perMillion("input_tokens", "1"))))
            .build());
    flow.send(request("e").build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getPriceTimeWindow()).isEqualTo("morning");
    assertThat(costed.getCostUsd()).isEqualTo(usd("0.002"));
  }

  @Test
  void priceOfZero_isACostAndNotUnpriced() {
    flow.publish(
        PriceRow.of("openai", "gpt-4o")
            .price(perMillion("input_tokens", "0"))
            .price(perMillion("output_tokens", "0"))
            .build());
    flow.send(request("e").build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getCostUsd()).isEqualTo(usd("0"));
    assertThat(costed.getPricingStatus()).isEqualTo(PricingStatus.PRICED);
  }

  @Test
  void costBeyondTheRangeOfALong_isExact() {
    flow.publish(
        PriceRow.of("openai", "gpt-4o")
            .price(each("input_tokens", "1000"))
            .price(each("output_tokens", "9000000.000000000001"))
            .build());
    flow.send(
        request("e").setInputTokens(999_999_999_999L).setOutputTokens(999_999_999_999L).build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getInputCostUsd()).isEqualTo(usd("999999999999000"));
    assertThat(costed.getOutputCostUsd()).isEqualTo(usd("8999999999991000000.999999999999"));
    assertThat(costed.getCostUsd()).isEqualTo(usd("9000999999990999000.999999999999"));
  }

  @Test
  void fractionalQuantities_areBilledToTheSixthDecimal() {
    flow.publish(GPT_4O.toBuilder().price(each("audio_seconds", "0.0001")).build());
    flow.send(
        request("e").setExtraUnits(Map.of("audio_seconds", new BigDecimal("12.345678"))).build());
    assertThat(flow.costedOne().getFeeCostUsd()).isEqualTo(usd("0.0012345678"));
  }

  // ROLLUP spans repeat their children's usage.

  @Test
  void rollupSpan_carriesNoCostAndIsInNoRollup() {
    flow.publish(GPT_4O).send(request("span").setCostRole(CostRole.ROLLUP).build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getCostRole()).isEqualTo(CostRole.ROLLUP);
    assertThat(costed.getInputTokens()).isEqualTo(1000);
    assertThat(costed.getCostUsd()).isNull();
    assertThat(costed.getInputCostUsd()).isNull();
    assertThat(costed.getFeeCostUsd()).isNull();
    assertThat(costed.getLines()).isEmpty();
    assertThat(costed.getPriceKey()).isNull();
    assertThat(flow.rollups().byKey()).isEmpty();
  }

  @Test
  void rollupSpanOfAnUnknownModel_isNotHeld() {
    flow.send(request("span").setModel("unheard-of").setCostRole(CostRole.ROLLUP).build());
    assertThat(flow.costedOne().getPricingStatus()).isNotEqualTo(PricingStatus.UNPRICED);
    assertThat(flow.counted("tokenmeter.price.held")).isZero();
    assertThat(flow.rollups().byKey()).isEmpty();
  }

  // The record.

  @Test
  void costedRecord_hasTheEventIdAsKeyAndTheEventsBytesInFront() {
    UsageEvent event = request("e-1").setTags(Map.of("a", "ä")).setOutcome("resolved").build();
    flow.publish(GPT_4O).send(event);
    TestRecord<byte[], byte[]> record = flow.costedRecords().get(0);
    assertThat(record.key()).isEqualTo("e-1".getBytes(StandardCharsets.UTF_8));
    byte[] body = TestRegistrySerializer.body(event);
    assertThat(Arrays.copyOfRange(record.value(), 5, 5 + body.length)).isEqualTo(body);
  }

  @Test
  void costedEvent_hasEveryFieldOfTheEvent() {
    UsageEvent event =
        request("e")
            .setRequestedModel("gpt-4o-latest")
            .setOperation("chat")
            .setServiceTier("batch")
            .setRegion("eu")
            .setApiKeyId("key")
            .setUserId("user")
            .setRunId("run")
            .setAttempt(2)
            .setProviderReportedCostUsd(usd("0.00175"))
            .setTags(Map.of("feature", "search", "empty", ""))
            .build();
    flow.publish(GPT_4O).send(event);
    CostedUsage costed = flow.costedOne();
    for (Schema.Field field : UsageEvent.getClassSchema().getFields()) {
      assertThat(costed.get(field.name())).as(field.name()).isEqualTo(event.get(field.name()));
    }
  }

  private static LineItem line(String unit, String quantity, String unitPrice, String cost) {
    return new LineItem(unit, new BigDecimal(quantity).setScale(6), usd(unitPrice), usd(cost));
  }
}
