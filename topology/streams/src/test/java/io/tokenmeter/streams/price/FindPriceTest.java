package io.tokenmeter.streams.price;

import static io.tokenmeter.domain.price.UnitPrice.each;
import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.streams.fixture.Flow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FindPriceTest {
  private static final Duration STEP = Duration.ofMillis(200);

  private static final PriceRow OLD =
      PriceRow.of("openai", "gpt-4o")
          .effectiveFrom(Instant.parse("2024-05-13T00:00:00Z"))
          .price(perMillion("input_tokens", "5"))
          .price(perMillion("output_tokens", "15"))
          .build();

  private static final PriceRow NEW =
      PriceRow.of("openai", "gpt-4o")
          .effectiveFrom(Instant.parse("2024-10-01T00:00:00Z"))
          .price(perMillion("input_tokens", "2.50"))
          .price(perMillion("output_tokens", "10"))
          .build();

  private Flow flow = Flow.start();

  @AfterEach
  void close() {
    flow.close();
  }

  // As of the event's own time.

  @Test
  void events_arePricedAsOfTheirOwnTimeInWhateverOrderTheyCome() {
    flow.publish(OLD, NEW);
    assertThat(cost("after", "2024-10-01T00:00:00Z")).isEqualTo(usd("0.0035"));
    assertThat(cost("before", "2024-09-30T23:59:59.999Z")).isEqualTo(usd("0.0065"));
    assertThat(cost("today", "2026-03-15T10:00:00Z")).isEqualTo(usd("0.0035"));
  }

  @Test
  void costedEvent_namesThePriceRowThatWasUsed() {
    flow.publish(OLD, NEW).send(request("e").build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getPriceKey()).isEqualTo(NEW.key());
    assertThat(costed.getPriceEffectiveFrom()).isEqualTo(NEW.effectiveFrom());
    assertThat(costed.getPriceServiceTier()).isEqualTo("standard");
    assertThat(costed.getPricingStatus()).isEqualTo(PricingStatus.PRICED);
  }

  @Test
  void priceThatChanges_appliesFromTheNextEventAndLeavesEarlierOnesAlone() {
    flow.publish(GPT_4O).send(request("first").build());
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0035"));
    flow.publish(
        PriceRow.of("openai", "gpt-4o")
            .price(perMillion("input_tokens", "3"))
            .price(perMillion("output_tokens", "10"))
            .build());
    flow.advance(Duration.ofSeconds(2));
    assertThat(flow.costed()).isEmpty();
    flow.send(request("second").build());
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.004"));
  }

  @Test
  void negotiatedPrice_overridesTheListPriceForItsTeamOnly() {
    flow.publish(
        GPT_4O,
        PriceRow.of("openai", "gpt-4o")
            .team("search")
            .price(perMillion("input_tokens", "1"))
            .price(perMillion("output_tokens", "1"))
            .build());
    flow.send(request("a").setTeam("search").build(), request("b").setTeam("ads").build());
    assertThat(flow.costed())
        .extracting(CostedUsage::getCostUsd)
        .containsExactly(usd("0.0011"), usd("0.0035"));
  }

  // Held until there is a price.

  @Test
  void eventWithoutAPrice_isCostedWithoutACostAndCounted() {
    flow.send(request("e").build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getPricingStatus()).isEqualTo(PricingStatus.UNPRICED);
    assertThat(costed.getUnpricedReason()).isEqualTo("UNKNOWN_MODEL");
    assertThat(costed.getCostUsd()).isNull();
    assertThat(costed.getLines()).isEmpty();
    assertThat(costed.getRevision()).isEqualTo(1);
    UsageRollup rollup = flow.rollups().only(Granularity.HOUR, "model", "gpt-4o");
    assertThat(rollup.getRequests()).isEqualTo(1);
    assertThat(rollup.getUnpricedRequests()).isEqualTo(1);
    assertThat(rollup.getInputTokens()).isEqualTo(1000);
    assertThat(rollup.getCostUsd()).isEqualTo(usd("0"));
    assertThat(flow.counted("tokenmeter.price.held")).isOne();
  }

  @Test
  void heldEvent_isPricedWhenAPriceArrivesAndEveryTotalIsCorrected() {
    flow.send(
            request("e")
                .setTeam("search")
                .setLatencyMs(120L)
                .setStatus(RequestStatus.ERROR)
                .build())
        .costed();
    flow.publish(GPT_4O).advance(STEP);

    CostedUsage costed = flow.costedOne();
    assertThat(costed.getEventId()).isEqualTo("e");
    assertThat(costed.getRevision()).isEqualTo(2);
    assertThat(costed.getPricingStatus()).isEqualTo(PricingStatus.PRICED);
    assertThat(costed.getUnpricedReason()).isNull();
    assertThat(costed.getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(costed.getTeam()).isEqualTo("search");
    for (Granularity granularity : Granularity.values()) {
      UsageRollup rollup = flow.rollups().only(granularity, "team", "search");
      assertThat(rollup.getUnpricedRequests()).isZero();
      assertThat(rollup.getRequests()).isEqualTo(1);
      assertThat(rollup.getErrors()).isEqualTo(1);
      assertThat(rollup.getInputTokens()).isEqualTo(1000);
      assertThat(rollup.getOutputTokens()).isEqualTo(100);
      assertThat(rollup.getLatencyCount()).isEqualTo(1);
      assertThat(rollup.getCostUsd()).isEqualTo(usd("0.0035"));
      assertThat(rollup.getRevision()).isEqualTo(2);
    }
    assertThat(flow.counted("tokenmeter.price.repriced")).isOne();
  }

  @Test
  void heldEvent_isPricedOnce() {
    flow.send(request("e").build()).costed();
    flow.publish(GPT_4O).advance(STEP);
    assertThat(flow.costed()).hasSize(1);
    flow.publish(OLD, NEW).advance(Duration.ofHours(1));
    assertThat(flow.costed()).isEmpty();
  }

  @Test
  void heldEventResentMeanwhile_isPricedOnce() {
    flow.send(request("e").build(), request("e").build());
    flow.publish(GPT_4O).advance(STEP);
    assertThat(flow.costed()).extracting(CostedUsage::getRevision).containsExactly(1, 2);
    assertThat(flow.rollups().only(Granularity.DAY, "model", "gpt-4o").getCostUsd())
        .isEqualTo(usd("0.0035"));
  }

  /**
   * Every copy that is counted as unpriced is taken back, also when the ids are forgotten early.
   */
  @Test
  void heldEventCountedAgainAfterAShortHorizon_isPricedAsOftenAsItWasCounted() {
    flow.close();
    flow = Flow.with("dedupe.horizon.ms", 60_000);
    flow.send(request("e").build()).advance(Duration.ofMinutes(5)).send(request("e").build());
    flow.publish(GPT_4O).advance(STEP);
    UsageRollup rollup = flow.rollups().only(Granularity.DAY, "model", "gpt-4o");
    assertThat(rollup.getRequests()).isEqualTo(2);
    assertThat(rollup.getUnpricedRequests()).isZero();
    assertThat(rollup.getCostUsd()).isEqualTo(usd("0.007"));
  }

  @Test
  void priceThatDoesNotCoverTheEventsTime_leavesItHeld() {
    flow.send(request("e").setOccurredAt(Instant.parse("2024-01-01T00:00:00Z")).build()).costed();
    flow.publish(NEW).advance(STEP);
    assertThat(flow.costed()).isEmpty();
    flow.publish(OLD).advance(STEP);
    assertThat(flow.costed()).isEmpty();
    flow.publish(GPT_4O).advance(STEP);
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0035"));
  }

  @Test
  void eventOutsideThePricesDates_saysSo() {
    flow.publish(NEW);
    flow.send(request("e").setOccurredAt(Instant.parse("2024-01-01T00:00:00Z")).build());
    assertThat(flow.costedOne().getUnpricedReason()).isEqualTo("NOT_EFFECTIVE");
  }

  @Test
  void unitWithoutAPrice_holdsTheWholeEventUntilTheRowHasOne() {
    flow.publish(GPT_4O);
    flow.send(
        request("e").setExtraUnits(Map.of("web_searches", new BigDecimal("2.000000"))).build());
    CostedUsage costed = flow.costedOne();
    assertThat(costed.getPricingStatus()).isEqualTo(PricingStatus.UNPRICED);
    assertThat(costed.getUnpricedReason()).isEqualTo("UNIT_NOT_PRICED: web_searches");
    assertThat(costed.getCostUsd()).isNull();
    flow.publish(GPT_4O.toBuilder().price(each("web_searches", "0.01")).build()).advance(STEP);
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0235"));
  }

  @Test
  void manyHeldEvents_arePricedInBoundedSteps() {
    flow.close();
    flow = Flow.with("reprice.step.events", 10);
    for (int i = 0; i < 25; i++) {
      flow.send(request("e" + i).build());
    }
    flow.costed();
    flow.publish(GPT_4O);
    assertThat(flow.advance(STEP).costed()).hasSize(10);
    assertThat(flow.advance(STEP).costed()).hasSize(10);
    assertThat(flow.advance(STEP).costed()).hasSize(5);
    assertThat(flow.rollups().only(Granularity.MONTH, "model", "gpt-4o").getUnpricedRequests())
        .isZero();
  }

  /** An unknown model with many events must not keep those behind it waiting. */
  @Test
  void modelThatStaysUnknown_isSkippedWhole() {
    flow.close();
    flow = Flow.with("reprice.step.events", 10);
    for (int i = 0; i < 100; i++) {
      flow.send(request("a" + i).setModel("a-model-nobody-prices").build());
    }
    flow.send(request("z").build()).costed();
    flow.publish(GPT_4O).advance(STEP);
    assertThat(flow.costedOne().getEventId()).isEqualTo("z");
  }

  @Test
  void eventHeldBeyondItsRetention_isNotPricedAnyMore() {
    flow.close();
    flow = Flow.with("held.retention.ms", Duration.ofDays(3).toMillis());
    flow.send(request("old").build()).advance(Duration.ofDays(2)).send(request("young").build());
    flow.advance(Duration.ofDays(2)).costed();
    flow.publish(GPT_4O).advance(STEP);
    assertThat(flow.costed()).extracting(CostedUsage::getEventId).containsExactly("young");
  }

  // The price table.

  @Test
  void withdrawnPrice_appliesNoLonger() {
    flow.publish(GPT_4O).send(request("a").build());
    assertThat(flow.costedOne().getPricingStatus()).isEqualTo(PricingStatus.PRICED);
    flow.withdraw(GPT_4O).send(request("b").build());
    assertThat(flow.costedOne().getPricingStatus()).isEqualTo(PricingStatus.UNPRICED);
  }

  @Test
  void withdrawnLaterRow_bringsTheEarlierOneBack() {
    flow.publish(OLD, NEW).withdraw(NEW).send(request("e").build());
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0065"));
  }

  @Test
  void priceThatDoesNotDecode_isCountedAndTheOthersApply() {
    flow.publish(GPT_4O).publishBytes("openai|bad|always", new byte[] {1, 2, 3});
    flow.send(request("e").build());
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(flow.counted("tokenmeter.price.table.bad.records")).isOne();
  }

  @Test
  void priceThatArrivesWhileTheRegistryIsDown_isWaitedForAndNotCountedAsBad() {
    byte[] value = flow.wire(PriceRecords.toRecord(GPT_4O));
    flow.registry().goDown();
    CompletableFuture<Void> back =
        CompletableFuture.runAsync(
            flow.registry()::comeBack,
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
    flow.publishBytes(GPT_4O.key(), value);
    back.join();
    flow.send(request("e").build());
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(flow.counted("tokenmeter.price.table.bad.records")).isZero();
  }

  @Test
  void priceThatCannotBeUsed_leavesTheOneItWouldHaveReplaced() {
    Price bad = PriceRecords.toRecord(GPT_4O);
    bad.getPrices().get(0).setUsdPerUnit(new BigDecimal("10000000.000000000000"));
    flow.publish(GPT_4O).publishBytes(GPT_4O.key(), flow.wire(bad));
    flow.send(request("e").build());
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(flow.counted("tokenmeter.price.table.bad.records")).isOne();
  }

  private BigDecimal cost(String eventId, String occurredAt) {
    flow.send(request(eventId).setOccurredAt(Instant.parse(occurredAt)).build());
    return flow.costedOne().getCostUsd();
  }
}
