package io.tokenmeter.streams.detect;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.OCCURRED_AT;
import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.Severity;
import io.tokenmeter.streams.fixture.Flow;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From events without a price to an alert that names their model, and back. */
class DetectUnpricedTest {
  @Test
  void modelWithoutAPrice_isAnAlertUntilAllItsRequestsArePriced() {
    try (Flow flow = Flow.start()) {
      flow.send(request("a").build(), request("b").build(), request("c").build());
      List<Alert> firing = flow.alerts();
      assertThat(firing).hasSize(1);
      Alert alert = firing.get(0);
      assertThat(alert.getState()).isEqualTo(AlertState.FIRING);
      assertThat(alert.getDetector()).isEqualTo("unpriced-model");
      assertThat(alert.getCause()).isEqualTo("unpriced");
      assertThat(alert.getDimension()).isEqualTo("model");
      assertThat(alert.getKey()).isEqualTo("gpt-4o");
      assertThat(alert.getSeverity()).isEqualTo(Severity.WARNING);
      assertThat(alert.getSince()).isEqualTo(OCCURRED_AT.truncatedTo(ChronoUnit.MINUTES));
      assertThat(alert.getAlertId())
          .isEqualTo("unpriced-model/unpriced/model/gpt-4o/2026-03-15T10:17:00Z");
      assertThat(alert.getSentence()).startsWith("1 requests of model:gpt-4o have no price");

      flow.publish(GPT_4O).advance(Duration.ofSeconds(2)).advance(Duration.ofSeconds(2));
      List<Alert> resolved = flow.alerts();
      assertThat(resolved).hasSize(1);
      assertThat(resolved.get(0).getState()).isEqualTo(AlertState.RESOLVED);
      assertThat(resolved.get(0).getAlertId()).isEqualTo(alert.getAlertId());
      assertThat(resolved.get(0).getResolvedAt()).isNotNull();
      assertThat(flow.counted("tokenmeter.findings", "detector", "unpriced-model")).isEqualTo(2);
      assertThat(
              flow.counted("tokenmeter.alerts", "detector", "unpriced-model", "state", "RESOLVED"))
          .isEqualTo(1);
    }
  }

  @Test
  void modelsWithAPrice_areNoAlert() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O).send(request("a").build()).advance(Duration.ofMinutes(1));
      assertThat(flow.alerts()).isEmpty();
    }
  }

  @Test
  void detectorsThatAreSwitchedOff_findNothing() {
    try (Flow flow = Flow.with("detectors.enabled", false)) {
      flow.send(request("a").build()).advance(Duration.ofMinutes(1));
      assertThat(flow.costedOne().getCostUsd()).isNull();
    }
  }
}
