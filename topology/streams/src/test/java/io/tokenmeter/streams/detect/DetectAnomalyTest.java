package io.tokenmeter.streams.detect;

import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertDriver;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.fixture.Flow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a key whose spend, or whose mix of models, changes to one alert that explains it. */
class DetectAnomalyTest {
  private static final PriceRow MINI =
      PriceRow.of("openai", "gpt-4o-mini")
          .price(perMillion("input_tokens", "0.15"))
          .price(perMillion("output_tokens", "0.60"))
          .build();

  /** Roll-ups by key and project only, written out as often as usual: fewer sums, a faster test. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "rollup.dimensions", "api_key,project,api_key+model",
          "rollup.emit.interval.ms", "5000");

  private int sent;

  @Test
  void keyThatSpendsTwentyTimesAsMuch_isOneAlertWithItsDriversUntilItIsNormal() {
    try (Flow flow = Flow.with(SETTINGS)) {
      flow.publish(GPT_4O);
      for (int minute = 0; minute < 3 * 1440; minute += 2) {
        send(flow, 1, 20_000).advance(Duration.ofMinutes(2));
      }
      assertThat(flow.alerts()).isEmpty();

      Instant began = flow.now();
      for (int second = 0; second < 300; second += 10) {
        send(flow, 5, 20_000).advance(Duration.ofSeconds(10));
      }
      List<Alert> firing = flow.alerts();
      assertThat(firing).hasSize(1);
      Alert alert = firing.get(0);
      assertThat(alert.getDetector()).isEqualTo("anomaly");
      assertThat(alert.getCause()).isEqualTo("spend-up");
      assertThat(alert.getKey()).isEqualTo("loop");
      assertThat(alert.getUpdatedAt()).isBetween(began, began.plusSeconds(60));
      assertThat(alert.getDrivers().get(0).getName()).isEqualTo("request volume");
      assertThat(sum(alert.getDrivers()))
          .isEqualByComparingTo(alert.getObservedUsd().subtract(alert.getExpectedUsd()));

      for (int minute = 0; minute < 180; minute += 2) {
        send(flow, 1, 20_000).advance(Duration.ofMinutes(2));
      }
      List<Alert> over = flow.alerts();
      assertThat(over).extracting(Alert::getState).containsExactly(AlertState.RESOLVED);
      assertThat(over.get(0).getAlso()).containsExactly("project:assistant");
    }
  }

  @Test
  void keyWhoseTrafficMovesToADearerModel_isOneAlertThatNamesTheMove() {
    try (Flow flow = Flow.with(SETTINGS)) {
      flow.publish(GPT_4O, MINI);
      for (int minute = 0; minute < 3 * 1440; minute += 4) {
        for (int i = 0; i < 8; i++) {
          flow.send(event(flow, 100_000).setModel("gpt-4o-mini").build());
        }
        flow.advance(Duration.ofMinutes(4));
      }
      assertThat(flow.alerts()).isEmpty();
      for (int minute = 0; minute < 20; minute++) {
        for (int i = 0; i < 2; i++) {
          flow.send(event(flow, 100_000).setModel(i == 0 ? "gpt-4o" : "gpt-4o-mini").build());
        }
        flow.advance(Duration.ofMinutes(1));
      }
      assertThat(flow.alerts())
          .as("drift and higher spend of one key are one cause")
          .filteredOn(alert -> alert.getDimension().equals("api_key"))
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.getKey()).isEqualTo("loop");
                assertThat(alert.getDrivers().get(0).getName()).isEqualTo("model mix");
              });
    }
  }

  private Flow send(Flow flow, int events, long inputTokens) {
    for (int i = 0; i < events; i++) {
      flow.send(event(flow, inputTokens).build());
    }
    return flow;
  }

  private UsageEvent.Builder event(Flow flow, long inputTokens) {
    return request("e-" + sent++)
        .setApiKeyId("loop")
        .setProject("assistant")
        .setInputTokens(inputTokens)
        .setOccurredAt(flow.now());
  }

  private static BigDecimal sum(List<AlertDriver> drivers) {
    return drivers.stream().map(AlertDriver::getPartUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
