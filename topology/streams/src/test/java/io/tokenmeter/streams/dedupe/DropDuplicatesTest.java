package io.tokenmeter.streams.dedupe;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.streams.fixture.Flow;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DropDuplicatesTest {
  private Flow flow = Flow.start();

  @BeforeEach
  void publishPrices() {
    flow.publish(GPT_4O);
  }

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void eventSentTwice_isCostedAndRolledUpOnce() {
    flow.send(request("e").build(), request("e").build());
    assertThat(flow.costed()).extracting(CostedUsage::getEventId).containsExactly("e");
    UsageRollup month = flow.rollups().only(Granularity.MONTH, "model", "gpt-4o");
    assertThat(month.getRequests()).isEqualTo(1);
    assertThat(month.getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(month.getRevision()).isEqualTo(1);
    assertThat(flow.counted("tokenmeter.drop.duplicates")).isOne();
  }

  @Test
  void eventsThatDifferOnlyInTheirId_areAllCounted() {
    flow.send(request("a").build(), request("b").build(), request("c").build());
    assertThat(flow.costed()).extracting(CostedUsage::getEventId).containsExactly("a", "b", "c");
    assertThat(flow.counted("tokenmeter.drop.duplicates")).isZero();
  }

  /** A gateway that retries may not send the same bytes again; the first copy counts. */
  @Test
  void secondEventOfAnId_isDroppedWhateverItSays() {
    flow.send(request("e").build());
    flow.send(request("e").setInputTokens(5L).setModel("gpt-4o-mini").build());
    assertThat(flow.costedOne().getInputTokens()).isEqualTo(1000);
  }

  @Test
  void eventResentWithinTheHorizon_isDropped() {
    flow.send(request("e").build()).costed();
    flow.advance(Duration.ofHours(24)).send(request("e").build());
    assertThat(flow.costed()).isEmpty();
  }

  @Test
  void eventResentMoreThanABucketAfterTheHorizon_isCountedAgain() {
    flow.send(request("e").build()).costed();
    flow.advance(Duration.ofHours(25).plusMillis(1)).send(request("e").build());
    assertThat(flow.costedOne().getEventId()).isEqualTo("e");
    assertThat(flow.rollups().only(Granularity.MINUTE, "model", "gpt-4o").getRequests())
        .isEqualTo(2);
  }

  @Test
  void configuredHorizon_isKept() {
    flow.close();
    flow = Flow.with("dedupe.horizon.ms", Duration.ofMinutes(24).toMillis());
    flow.send(request("e").build()).costed();
    flow.advance(Duration.ofMinutes(24)).send(request("e").build());
    assertThat(flow.costed()).isEmpty();
    flow.advance(Duration.ofMinutes(2)).send(request("e").build());
    assertThat(flow.costed()).hasSize(1);
  }

  /** A trace of last year is sent twice today: the arrival counts, not the event's own time. */
  @Test
  void oldEventResentToday_isDropped() {
    Instant lastYear = Instant.parse("2025-03-15T00:00:00Z");
    flow.send(request("e").setOccurredAt(lastYear).build());
    flow.send(request("other").setOccurredAt(lastYear.plus(Duration.ofDays(200))).build());
    flow.send(request("e").setOccurredAt(lastYear).build());
    assertThat(flow.costed()).extracting(CostedUsage::getEventId).containsExactly("e", "other");
  }

  @Test
  void manyEventsOverDays_areEachCountedOnceWhileTheyAreRemembered() {
    for (int hour = 0; hour < 60; hour++) {
      flow.send(request("early-" + hour).build(), request("steady").build());
      if (hour > 0) {
        flow.send(request("early-" + (hour - 1)).build());
      }
      flow.advance(Duration.ofHours(1));
    }
    assertThat(flow.costed())
        .extracting(CostedUsage::getEventId)
        .filteredOn(id -> !id.equals("steady"))
        .hasSize(60)
        .doesNotHaveDuplicates();
  }
}
