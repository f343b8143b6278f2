package io.tokenmeter.streams.spike;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.fixture.Flow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From one dear request to an alert that names it. */
class DetectRequestSpikeTest {
  @Test
  void requestOverTheLimit_isAnAlertThatNamesIt() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O).send(dear(flow, "e-1", 400_000));
      List<Alert> alerts = flow.alerts();
      assertThat(alerts).hasSize(1);
      Alert alert = alerts.get(0);
      assertThat(alert.getDetector()).isEqualTo("request-spike");
      assertThat(alert.getCause()).isEqualTo("cost");
      assertThat(alert.getDimension()).isEqualTo("api_key");
      assertThat(alert.getKey()).isEqualTo("prod-1");
      assertThat(alert.getObservedUsd()).isEqualTo(usd("1.001"));
      assertThat(alert.getThresholdUsd()).isEqualTo(usd("0.5"));
      assertThat(alert.getSentence())
          .isEqualTo(
              "Request e-1 of api_key:prod-1 to gpt-4o read 400,000 and wrote 100 tokens and cost"
                  + " $1.001, over the limit of $0.5 for one request.");
    }
  }

  @Test
  void requestAtTheLimit_isNone() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O).send(dear(flow, "e-1", 199_600));
      assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.5"));
      assertThat(flow.alerts()).isEmpty();
    }
  }

  @Test
  void outputAtItsCap_isAnAlert() {
    try (Flow flow = Flow.start()) {
      UsageEvent.Builder writes = request("e").setWorkflow("triage").setOccurredAt(flow.now());
      flow.publish(GPT_4O);
      flow.send(
          writes.setEventId("short").setOutputTokens(4_096L).setMaxOutputTokens(4_096L).build());
      flow.send(
          writes.setEventId("low").setOutputTokens(18_000L).setMaxOutputTokens(20_000L).build());
      assertThat(flow.alerts()).isEmpty();
      flow.send(writes.setEventId("cut").setOutputTokens(20_000L).build());
      List<Alert> alerts = flow.alerts();
      assertThat(alerts).hasSize(1);
      assertThat(alerts.get(0).getCause()).isEqualTo("output-cap");
      assertThat(alerts.get(0).getKey()).isEqualTo("triage");
      assertThat(alerts.get(0).getSentence()).contains("its output is 100 % of its cap of 20,000");
    }
  }

  @Test
  void floodOfSpikes_isOneAlertThatEndsWhenItIsQuiet() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O);
      for (int i = 0; i < 300; i++) {
        flow.send(dear(flow, "e-" + i, 400_000)).advance(Duration.ofSeconds(1));
      }
      assertThat(flow.alerts()).hasSize(1);
      assertThat(flow.counted("tokenmeter.findings", "detector", "request-spike"))
          .isBetween(5L, 6L);
      for (int minute = 0; minute < 17; minute++) {
        flow.advance(Duration.ofMinutes(1));
      }
      assertThat(flow.alerts()).extracting(Alert::getState).containsExactly(AlertState.RESOLVED);
    }
  }

  private static UsageEvent dear(Flow flow, String id, long inputTokens) {
    return request(id)
        .setApiKeyId("prod-1")
        .setInputTokens(inputTokens)
        .setOccurredAt(flow.now())
        .build();
  }
}
