package io.tokenmeter.streams.detect;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.streams.fixture.Flow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a key that reports all day, and stops, to an alert, and back. */
class DetectSilenceTest {
  private static final Duration PAUSE = Duration.ofMinutes(4);

  @Test
  void keyThatStops_isAnAlertUntilItReportsAgain() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O);
      report(flow, "steady", 370);
      assertThat(flow.alerts()).isEmpty();

      for (int minute = 0; minute < 20; minute++) {
        flow.advance(Duration.ofMinutes(1));
      }
      List<Alert> firing = flow.alerts();
      assertThat(firing).hasSize(1);
      Alert alert = firing.get(0);
      assertThat(alert.getDetector()).isEqualTo("ingest-silence");
      assertThat(alert.getState()).isEqualTo(AlertState.FIRING);
      // The model stopped as well, but who looks for what has stopped looks for the key.
      assertThat(alert.getDimension()).isEqualTo("api_key");
      assertThat(alert.getAlso()).containsExactly("model:gpt-4o");
      assertThat(alert.getSentence()).startsWith("api_key:steady has reported nothing for 16 min");

      report(flow, "steady", 1);
      flow.advance(Duration.ofMinutes(1));
      assertThat(flow.alerts()).extracting(Alert::getState).containsExactly(AlertState.RESOLVED);
    }
  }

  /** One key goes on, so that the task's time does too; the other one's silence is its own. */
  @Test
  void keyThatStopsWhileOthersGoOn_isTheOnlyOneNamed() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O);
      for (int i = 0; i < 370; i++) {
        flow.send(at(flow, "stops"), at(flow, "goes-on")).advance(PAUSE);
      }
      for (int i = 0; i < 10; i++) {
        flow.send(at(flow, "goes-on")).advance(PAUSE);
      }
      List<Alert> alerts = flow.alerts();
      assertThat(alerts).hasSize(1);
      assertThat(alerts.get(0).getKey()).isEqualTo("stops");
      assertThat(alerts.get(0).getAlso()).isEmpty();
    }
  }

  /** What was replayed ends where the trace does; the wall clock says nothing of it. */
  @Test
  void traceOfTheYearBefore_isNotSilentWhenItEnds() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O);
      for (int i = 0; i < 370; i++) {
        flow.send(
            request("old-" + i)
                .setApiKeyId("steady")
                .setOccurredAt(flow.now().minus(Duration.ofDays(365)).plus(PAUSE.multipliedBy(i)))
                .build());
      }
      flow.advance(Duration.ofHours(2)).advance(Duration.ofHours(2));
      assertThat(flow.alerts()).isEmpty();
    }
  }

  private static void report(Flow flow, String key, int times) {
    for (int i = 0; i < times; i++) {
      flow.send(at(flow, key)).advance(PAUSE);
    }
  }

  private static io.tokenmeter.schemas.UsageEvent at(Flow flow, String key) {
    return request(key + flow.now()).setApiKeyId(key).setOccurredAt(flow.now()).build();
  }
}
