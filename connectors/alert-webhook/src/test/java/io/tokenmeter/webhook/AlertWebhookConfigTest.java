package io.tokenmeter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class AlertWebhookConfigTest {

  @Test
  void addressesAndKeys_areInNoTextOfTheSettings() {
    AlertWebhookConfig config =
        new AlertWebhookConfig(
            Map.of(
                "webhook.format", "generic",
                "webhook.url", "https://hooks.example.com/T0/SECRETPATH",
                "webhook.hmac.secret", "SECRETKEY",
                "pagerduty.routing.key", "SECRETROUTE"));

    assertThat(config.values().toString()).doesNotContain("SECRET");
    assertThat(config.url().getPath()).isEqualTo("/T0/SECRETPATH");
  }

  @Test
  void wrongSettings_areNamedWithoutTheirSecrets() {
    assertThatThrownBy(() -> new AlertWebhookConfig(Map.of("webhook.format", "slack")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("webhook.url must be set, and begin with https:// or http://");
    assertThatThrownBy(
            () ->
                new AlertWebhookConfig(
                    Map.of("webhook.format", "slack", "webhook.url", "https://x/SEC RET")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("webhook.url is not a valid address");
    assertThatThrownBy(() -> new AlertWebhookConfig(Map.of("webhook.format", "pagerduty")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("pagerduty.routing.key must be set for the format pagerduty");
    assertThatThrownBy(() -> new AlertWebhookConfig(Map.of("webhook.format", "pager")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("webhook.format")
        .hasMessageContaining("slack, pagerduty, generic");
  }

  @Test
  void pagerDuty_withoutAnAddress_isPagerDutysOwn() {
    AlertWebhookConfig config =
        new AlertWebhookConfig(
            Map.of("webhook.format", "pagerduty", "pagerduty.routing.key", "key"));

    assertThat(config.url()).hasToString("https://events.pagerduty.com/v2/enqueue");
  }

  @Test
  void rate_letsASixthOfAMinuteThroughAtOnce_andThenSoManyAMinute() {
    RequestRate rate = new RequestRate(60, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(rate.waitNanos(0)).isZero();
      rate.take();
    }
    assertThat(rate.waitNanos(0)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    assertThat(rate.waitNanos(TimeUnit.MILLISECONDS.toNanos(400)))
        .isBetween(TimeUnit.MILLISECONDS.toNanos(600), TimeUnit.MILLISECONDS.toNanos(600) + 10);
    assertThat(rate.waitNanos(TimeUnit.MILLISECONDS.toNanos(1001))).isZero();
  }

  @Test
  void backoff_doublesUpToItsLongest_andWaitsAsLongAsAsked() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    Random random = new Random(1);
    for (int failures = 1; failures < 100; failures++) {
      long most = Math.min(60_000, 1000L << Math.min(failures - 1, 30));
      assertThat(backoff.after(failures, Duration.ZERO, random).toMillis())
          .isBetween(most - most / 2, most);
    }
    assertThat(backoff.after(1, Duration.ofSeconds(30), random)).isEqualTo(Duration.ofSeconds(30));
    assertThat(backoff.after(1, Duration.ofHours(1), random)).isEqualTo(Duration.ofSeconds(60));
  }
}
