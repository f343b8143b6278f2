package io.tokenmeter.streams.alert;

import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.streams.fixture.Flow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From prices that nobody has published for long to an alert, and back. */
class WatchPricesTest {
  private static final PriceRow HAIKU =
      PriceRow.of("anthropic", "claude-haiku").price(perMillion("input_tokens", "1")).build();

  @Test
  void pricesOfAProvider_areStaleUntilTheyArePublishedAgain() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O).advance(Duration.ofDays(20)).publish(HAIKU);
      flow.advance(Duration.ofDays(25));
      assertThat(flow.alerts()).isEmpty();
      flow.advance(Duration.ofMinutes(1)).advance(Duration.ofMinutes(1));
      Alert alert = flow.alerts().get(0);
      assertThat(alert.getState()).isEqualTo(AlertState.FIRING);
      assertThat(alert.getDetector()).isEqualTo("stale-prices");
      assertThat(alert.getDimension()).isEqualTo("provider");
      assertThat(alert.getKey()).isEqualTo("openai");
      assertThat(alert.getSentence())
          .startsWith("Prices of provider:openai were last published 45 days ago");

      flow.publish(GPT_4O).advance(Duration.ofMinutes(1)).advance(Duration.ofMinutes(1));
      assertThat(flow.alerts()).extracting(Alert::getState).containsExactly(AlertState.RESOLVED);
    }
  }

  @Test
  void providersPublishedTogether_areOneAlert() {
    try (Flow flow = Flow.start()) {
      flow.publish(GPT_4O, HAIKU).advance(Duration.ofDays(46)).advance(Duration.ofMinutes(1));
      assertThat(flow.alerts()).hasSize(1);
    }
  }
}
