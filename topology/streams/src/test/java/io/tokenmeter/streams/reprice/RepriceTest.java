package io.tokenmeter.streams.reprice;

import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.OCCURRED_AT;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.fixture.Flow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One event is 1000 input and 100 output tokens: 0.0035 USD at first. */
class RepriceTest {
  private static final Duration STEP = Duration.ofMillis(200);

  /** Input at 3 instead of 2.50, so that a request costs 0.004. */
  private static final PriceRow CORRECTED =
      PriceRow.of("openai", "gpt-4o")
          .price(perMillion("input_tokens", "3"))
          .price(perMillion("output_tokens", "10"))
          .price(perMillion("input_tokens", "1.50").at("batch"))
          .price(perMillion("output_tokens", "5").at("batch"))
          .build();

  /** Output has no rate at all. */
  private static final PriceRow WITHOUT_OUTPUT =
      PriceRow.of("openai", "gpt-4o").price(perMillion("input_tokens", "3")).build();

  private Flow flow = Flow.start();

  @AfterEach
  void close() {
    flow.close();
  }

  // What becomes of an event.

  @Test
  void pastEvent_getsTheCorrectedCostAsItsNextRevision() {
    CostedUsage first = costed(GPT_4O, "e");
    assertThat(first.getCostUsd()).isEqualTo(usd("0.0035"));

    flow.publish(CORRECTED).reprice(first).advance(STEP);

    CostedUsage second = flow.costedOne();
    assertThat(second.getRevision()).isEqualTo(2);
    assertThat(second.getCostUsd()).isEqualTo(usd("0.004"));
    assertThat(second.getInputCostUsd()).isEqualTo(usd("0.003"));
    assertThat(second.getLines().get(0).getUnitPriceUsd()).isEqualTo(usd("0.000003"));
    assertThat(second.getOccurredAt()).isEqualTo(first.getOccurredAt());
    assertThat(flow.counted("tokenmeter.reprice.requests")).isOne();
    assertThat(flow.counted("tokenmeter.reprice.corrected")).isOne();
  }

  @Test
  void everyTotal_changesByTheDifferenceAndByNothingElse() {
    flow.publish(GPT_4O)
        .send(
            request("e").setTeam("search").setLatencyMs(120L).build(),
            request("batch").setTeam("search").setServiceTier("batch").build());
    List<CostedUsage> first = flow.costed();
    assertThat(flow.rollups().only(Granularity.DAY, "team", "search").getCostUsd())
        .isEqualTo(usd("0.00525"));

    flow.publish(CORRECTED).reprice(first.toArray(CostedUsage[]::new)).advance(STEP);

    for (Granularity granularity : Granularity.values()) {
      UsageRollup rollup = flow.rollups().only(granularity, "team", "search");
      assertThat(rollup.getCostUsd()).isEqualTo(usd("0.006"));
      assertThat(rollup.getInputCostUsd()).isEqualTo(usd("0.0045"));
      assertThat(rollup.getOutputCostUsd()).isEqualTo(usd("0.0015"));
      assertThat(rollup.getBatchCostUsd()).isEqualTo(usd("0.002"));
      assertThat(rollup.getBatchInputCostUsd()).isEqualTo(usd("0.0015"));
      assertThat(rollup.getRequests()).isEqualTo(2);
      assertThat(rollup.getInputTokens()).isEqualTo(2000);
      assertThat(rollup.getLatencyCount()).isEqualTo(1);
      assertThat(rollup.getUnpricedRequests()).isZero();
      assertThat(rollup.getRevision()).isGreaterThan(2);
    }
  }

  @Test
  void priceOfTheEventsOwnTime_isTheOneThatCounts() {
    PriceRow later =
        PriceRow.of("openai", "gpt-4o")
            .effectiveFrom(Instant.parse("2026-03-15T10:17:35.251Z"))
            .price(perMillion("input_tokens", "100"))
            .price(perMillion("output_tokens", "100"))
            .build();
    CostedUsage first = costed(GPT_4O, "e");
    flow.publish(later).reprice(first).advance(STEP);
    assertThat(flow.costed()).isEmpty();
    assertThat(flow.counted("tokenmeter.reprice.needless")).isOne();
  }

  @Test
  void fallback_isCountedWhereItBeginsAndNoMoreWhereItEnds() {
    flow.publish(CORRECTED).send(request("e").setReasoningTokens(50L).build());
    CostedUsage fallback = flow.costedOne();
    assertThat(fallback.getPricingStatus()).isEqualTo(PricingStatus.FALLBACK);
    assertThat(day().getFallbackRequests()).isEqualTo(1);

    flow.publish(GPT_4O).reprice(fallback).advance(STEP);
    assertThat(flow.costedOne().getPricingStatus()).isEqualTo(PricingStatus.PRICED);
    assertThat(day().getFallbackRequests()).isZero();
    assertThat(day().getCostUsd()).isEqualTo(usd("0.0035"));
  }

  @Test
  void rowWithOtherDatesAndTheSameRates_isNamedInTheRecordAndChangesNoTotal() {
    CostedUsage first = costed(GPT_4O, "e");
    long revision = day().getRevision();
    PriceRow dated =
        PriceRow.of("openai", "gpt-4o")
            .effectiveFrom(Instant.parse("2024-10-01T00:00:00Z"))
            .price(perMillion("input_tokens", "2.50"))
            .price(perMillion("output_tokens", "10"))
            .build();
    flow.publish(dated).reprice(first).advance(STEP);

    CostedUsage second = flow.costedOne();
    assertThat(second.getPriceKey()).isEqualTo(dated.key());
    assertThat(second.getRevision()).isEqualTo(2);
    assertThat(second.getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(day().getRevision()).isEqualTo(revision);
  }

  // Without a price.

  @Test
  void withdrawnPrice_leavesTheEventUnpriced_andItIsHeldUntilThereIsOne() {
    CostedUsage first = costed(GPT_4O, "e");
    flow.withdraw(GPT_4O).reprice(first).advance(STEP);

    CostedUsage unpriced = flow.costedOne();
    assertThat(unpriced.getRevision()).isEqualTo(2);
    assertThat(unpriced.getPricingStatus()).isEqualTo(PricingStatus.UNPRICED);
    assertThat(unpriced.getCostUsd()).isNull();
    assertThat(day().getUnpricedRequests()).isEqualTo(1);
    assertThat(day().getCostUsd()).isEqualTo(usd("0"));
    assertThat(flow.counted("tokenmeter.price.held")).isOne();

    flow.publish(CORRECTED).advance(STEP);
    CostedUsage priced = flow.costedOne();
    assertThat(priced.getRevision()).isEqualTo(3);
    assertThat(priced.getCostUsd()).isEqualTo(usd("0.004"));
    assertThat(day().getUnpricedRequests()).isZero();
    assertThat(day().getCostUsd()).isEqualTo(usd("0.004"));
  }

  @Test
  void rowThatLosesTheRateOfAUnit_leavesTheEventUnpriced() {
    CostedUsage first = costed(GPT_4O, "e");
    flow.publish(WITHOUT_OUTPUT).reprice(first).advance(STEP);
    assertThat(flow.costedOne().getUnpricedReason()).isEqualTo("UNIT_NOT_PRICED: output_tokens");
    assertThat(day().getUnpricedRequests()).isEqualTo(1);
  }

  @Test
  void eventThatIsHeld_isPricedOnce_whateverIsAskedFor() {
    flow.send(request("e").build());
    CostedUsage unpriced = flow.costedOne();
    flow.reprice(unpriced).publish(GPT_4O).reprice(unpriced).advance(STEP).advance(STEP);
    assertThat(flow.costed()).extracting(CostedUsage::getRevision).containsExactly(2);
    flow.reprice(unpriced).advance(STEP);
    assertThat(flow.costed()).isEmpty();
    assertThat(day().getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(day().getUnpricedRequests()).isZero();
  }

  @Test
  void eventThatIsHeldNoLonger_isPricedUponRequest() {
    flow.close();
    flow = Flow.with(TokenmeterConfig.HELD_RETENTION_MS, Duration.ofMinutes(1).toMillis());
    flow.send(request("e").build());
    CostedUsage unpriced = flow.costedOne();
    flow.advance(Duration.ofDays(2)).publish(GPT_4O).advance(STEP);
    assertThat(flow.costed()).isEmpty();

    flow.reprice(unpriced).advance(STEP);
    assertThat(flow.costedOne().getRevision()).isEqualTo(2);
    assertThat(day().getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(day().getUnpricedRequests()).isZero();
  }

  // Once.

  @Test
  void sameRequest_sentTwiceOrManyTimes_changesNothingTwice() {
    CostedUsage first = costed(GPT_4O, "e");
    flow.publish(CORRECTED).reprice(first, first, first).advance(STEP);
    assertThat(flow.costed()).hasSize(1);
    flow.reprice(first).advance(Duration.ofDays(40)).reprice(first).advance(STEP);
    assertThat(flow.costed()).isEmpty();
    assertThat(day().getCostUsd()).isEqualTo(usd("0.004"));
    assertThat(flow.counted("tokenmeter.reprice.stale")).isEqualTo(4);
  }

  @Test
  void eventPricedDifferentlyAgainWhileRequestsAreUnderWay_hasTheLatestPriceOnce() {
    CostedUsage first = costed(GPT_4O, "e");
    PriceRow again =
        PriceRow.of("openai", "gpt-4o")
            .price(perMillion("input_tokens", "7"))
            .price(perMillion("output_tokens", "10"))
            .build();
    flow.publish(CORRECTED).reprice(first).publish(again).reprice(first).advance(STEP);
    CostedUsage second = flow.costedOne();
    assertThat(second.getCostUsd()).isEqualTo(usd("0.008"));

    flow.publish(GPT_4O).reprice(first, second).advance(STEP);
    assertThat(flow.costedOne().getRevision()).isEqualTo(3);
    assertThat(day().getCostUsd()).isEqualTo(usd("0.0035"));
  }

  @Test
  void requestMadeWithPricesThatAreNotReadYet_waitsForThem_butNotForever() {
    CostedUsage first = costed(GPT_4O, "e");
    flow.repriceAsOf(2, first).advance(STEP).advance(STEP);
    assertThat(flow.costed()).isEmpty();
    flow.publish(CORRECTED).advance(STEP);
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.004"));

    CostedUsage other = costed(GPT_4O, "other");
    flow.publish(CORRECTED).repriceAsOf(1_000_000, other).advance(Duration.ofSeconds(59));
    assertThat(flow.costed()).isEmpty();
    flow.advance(Duration.ofSeconds(2));
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.004"));
  }

  @Test
  void moreRequestsThanAStep_areAnsweredInSeveral() {
    flow.close();
    flow = Flow.with(TokenmeterConfig.REPRICE_STEP_EVENTS, 2);
    flow.publish(GPT_4O);
    for (int i = 0; i < 5; i++) {
      flow.send(request("e" + i).build());
    }
    CostedUsage[] all = flow.costed().toArray(CostedUsage[]::new);
    flow.publish(CORRECTED).reprice(all).advance(STEP);
    assertThat(flow.costed()).hasSize(2);
    flow.advance(STEP);
    assertThat(flow.costed()).hasSize(2);
    flow.advance(STEP);
    assertThat(flow.costed()).hasSize(1);
    assertThat(day().getCostUsd()).isEqualTo(usd("0.02"));
  }

  // Runs, and those who watch.

  @Test
  void closedRun_staysClosedAndIsCorrected_withItsWorkflowsStatistics() {
    flow.publish(GPT_4O);
    for (int i = 0; i < 12; i++) {
      flow.send(step("r", i).build());
    }
    List<CostedUsage> steps = flow.costed();
    flow.send(step("later", 0).setOccurredAt(flow.now()).build()).advance(Duration.ofSeconds(1));
    WorkflowRun before = flow.runs().get("r");
    assertThat(before.getStatus()).isEqualTo(RunStatus.CLOSED);
    assertThat(before.getCostUsd()).isEqualTo(usd("0.042"));
    flow.costed();

    flow.publish(CORRECTED).reprice(steps.toArray(CostedUsage[]::new)).advance(STEP);

    WorkflowRun after = flow.runs().get("r");
    assertThat(after.getStatus()).isEqualTo(RunStatus.CLOSED);
    assertThat(after.getRevision()).isGreaterThan(before.getRevision());
    assertThat(after.getSteps()).isEqualTo(12);
    assertThat(after.getCostUsd()).isEqualTo(usd("0.048"));
    assertThat(after.getDearestSteps()).hasSize(10);
    assertThat(after.getDearestSteps().get(9).getCostUsd()).isEqualTo(usd("0.004"));
    UsageRollup workflow =
        flow.rollups().at(Granularity.DAY, "2026-03-15T00:00:00Z", "workflow", "review");
    assertThat(workflow.getRuns()).isEqualTo(1);
    assertThat(workflow.getRunCostUsd()).isEqualTo(usd("0.048"));
    assertThat(workflow.getRunCostMaxUsd()).isEqualTo(usd("0.048"));
  }

  @Test
  void costThatIsCorrectedToAThousandfold_raisesNoAlertAboutNow() {
    flow.publish(GPT_4O).publishPolicy("runaway-workflow", "*", Map.of("limit.usd", "1"));
    for (int i = 0; i < 5; i++) {
      flow.send(step("r", i).build());
    }
    List<CostedUsage> steps = flow.costed();
    flow.send(step("later", 0).setOccurredAt(flow.now()).build()).advance(Duration.ofSeconds(1));
    flow.alerts();
    PriceRow dear =
        PriceRow.of("openai", "gpt-4o")
            .price(perMillion("input_tokens", "2500"))
            .price(perMillion("output_tokens", "10000"))
            .build();
    flow.publish(dear).reprice(steps.toArray(CostedUsage[]::new));
    flow.advance(STEP).advance(Duration.ofMinutes(2));
    assertThat(flow.runs().get("r").getCostUsd()).isEqualTo(usd("17.5"));
    assertThat(flow.alerts()).isEmpty();
  }

  @Test
  void budgetOfTheRunningPeriod_countsCorrectedDollars_andNoEarlierOneDoes() {
    flow.publish(GPT_4O);
    flow.send(
        request("yesterday")
            .setTeam("search")
            .setOccurredAt(Flow.START.minusSeconds(86_400))
            .build(),
        request("today").setTeam("search").setOccurredAt(Flow.START.minusSeconds(60)).build());
    List<CostedUsage> both = flow.costed();
    Budget budget =
        new Budget(
            "search",
            new Subject("team", "search"),
            BudgetPeriod.DAY,
            Money.parse("0.0038"),
            ZoneOffset.UTC,
            List.of(100),
            null);
    flow.publish(budget).advance(Duration.ofSeconds(10));
    assertThat(flow.alerts()).isEmpty();

    flow.publish(CORRECTED).reprice(both.get(0)).advance(STEP).advance(Duration.ofSeconds(10));
    assertThat(flow.alerts()).isEmpty();
    flow.reprice(both.get(1)).advance(STEP).advance(Duration.ofSeconds(10));
    assertThat(flow.alerts()).extracting(Alert::getDetector).containsExactly("budget");
  }

  private static UsageEvent.Builder step(String run, int number) {
    return request(run + number)
        .setRunId(run)
        .setWorkflow("review")
        .setStepId("s" + number)
        .setOccurredAt(OCCURRED_AT.plusSeconds(number));
  }

  // What is beyond retention, and what is no request.

  @Test
  void eventBeyondTheRetentionOfRollups_isCorrectedInCostedUsageOnlyAndCounted() {
    CostedUsage old = costed(GPT_4O, "old");
    flow.advance(Duration.ofDays(36))
        .send(request("new").setOccurredAt(flow.now()).build())
        .costedOne();
    long revision = day().getRevision();

    flow.publish(CORRECTED).reprice(old).advance(STEP);
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.004"));
    assertThat(flow.rollups().of(Granularity.DAY, "model"))
        .filteredOn(rollup -> rollup.getWindowStart().equals(day().getWindowStart()))
        .allSatisfy(rollup -> assertThat(rollup.getRevision()).isEqualTo(revision));
    // One for each of the eight dimensions.
    assertThat(flow.counted("tokenmeter.roll.up.restatements.beyond.retention")).isEqualTo(8);
  }

  @Test
  void whatIsNoCostedRecord_isRejectedAndTheOthersGoOn() {
    CostedUsage first = costed(GPT_4O, "e");
    flow.publish(CORRECTED)
        .repriceBytes("k", new byte[] {1, 2, 3})
        .repriceBytes("k", flow.wire(request("e").build()))
        .reprice(first)
        .advance(STEP);
    assertThat(flow.rejected())
        .extracting(RejectedEvent::getReason, RejectedEvent::getStage)
        .containsExactly(tuple("UNDECODABLE", "reprice"), tuple("INCOMPATIBLE_SCHEMA", "reprice"));
    assertThat(flow.costedOne().getRevision()).isEqualTo(2);
  }

  private CostedUsage costed(PriceRow price, String eventId) {
    return flow.publish(price).send(request(eventId).build()).costedOne();
  }

  private UsageRollup day() {
    return flow.rollups().at(Granularity.DAY, "2026-03-15T00:00:00Z", "model", "gpt-4o");
  }
}
