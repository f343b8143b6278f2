package io.tokenmeter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.ofEpochSecond(1_772_443_850);

  @Test
  void pagerDuty_firing_triggersUnderTheAlertsId() throws Exception {
    JsonNode event = JSON.readTree(pagerDuty(Alerts.firing("anomaly/spend-up/a")).body());

    assertThat(event.path("routing_key").asText()).isEqualTo("R0UTE");
    assertThat(event.path("event_action").asText()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asText()).isEqualTo("anomaly/spend-up/a");
    JsonNode payload = event.path("payload");
    assertThat(payload.path("summary").asText())
        .isEqualTo("Spend of api_key key-research is 10 times its usual <$120.25>.");
    assertThat(payload.path("source").asText()).isEqualTo("api_key:key-research");
    assertThat(payload.path("severity").asText()).isEqualTo("critical");
    assertThat(payload.path("timestamp").asText()).isEqualTo("2026-03-02T09:30:41Z");
    assertThat(payload.path("class").asText()).isEqualTo("anomaly");
    assertThat(payload.path("custom_details").path("expected_usd").asText())
        .isEqualTo("120.250000000001");
  }

  @Test
  void pagerDuty_resolved_resolvesTheSameIncident_howeverLongTheId() throws Exception {
    String id = "runaway-workflow/" + "x".repeat(300);
    JsonNode trigger = JSON.readTree(pagerDuty(Alerts.firing(id)).body());
    JsonNode resolve = JSON.readTree(pagerDuty(Alerts.resolved(id)).body());

    assertThat(resolve.path("event_action").asText()).isEqualTo("resolve");
    assertThat(resolve.path("dedup_key")).isEqualTo(trigger.path("dedup_key"));
    assertThat(resolve.path("dedup_key").asText()).hasSize(64);
  }

  @Test
  void slack_firing_saysWhatAndHowMuchAndWhy() throws Exception {
    JsonNode message = JSON.readTree(slack(Alerts.firing("a")).body());

    String sentence = "Spend of api_key key-research is 10 times its usual &lt;$120.25&gt;.";
    String title = ":red_circle: CRITICAL anomaly api_key:key-research";
    assertThat(message.path("text").asText()).isEqualTo(title + ": " + sentence);
    assertThat(texts(message.path("blocks")))
        .containsExactly(
            "*" + title + "*\n" + sentence,
            "*At stake a day*\n$26,742.00",
            "*Observed*\n$1,234.50",
            "*Expected*\n$120.25",
            "• $1,114.25 request volume: 100 → 1,027 requests",
            "since 2026-03-02T09:30:00.250001Z · also project:search, model:openai/gpt-4o");
  }

  @Test
  void slack_resolved_isNotRed() throws Exception {
    JsonNode message = JSON.readTree(slack(Alerts.resolved("a")).body());

    assertThat(message.path("text").asText())
        .startsWith(":white_check_mark: RESOLVED anomaly api_key:key-research: ");
    assertThat(texts(message.path("blocks")))
        .noneMatch(text -> text.startsWith("•"))
        .anyMatch(text -> text.contains("over at 2026-03-02T09:58:00Z"));
  }

  @Test
  void generic_isTheAlertWithEveryDigit_signedWithTheSecret() throws Exception {
    AlertRequest request = new SignedJson("s3cret").request(Alerts.read(Alerts.firing("a")), NOW);

    JsonNode alert = JSON.readTree(request.body());
    assertThat(alert.path("expected_usd").asText()).isEqualTo("120.250000000001");
    assertThat(alert.path("threshold_usd").isNull()).isTrue();
    assertThat(alert.path("drivers").path(0).path("part_usd").asText())
        .isEqualTo("1114.249999999999");
    // printf '1772443850.BODY' | openssl dgst -sha256 -hmac s3cret
    javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec("s3cret".getBytes("UTF-8"), "HmacSHA256"));
    byte[] signed = mac.doFinal(("1772443850." + request.body()).getBytes("UTF-8"));
    assertThat(request.headers())
        .containsEntry(
            "Tokenmeter-Signature",
            "t=1772443850,v1=" + java.util.HexFormat.of().formatHex(signed));
  }

  @Test
  void generic_withoutASecret_isNotSigned() {
    assertThat(new SignedJson("").request(Alerts.read(Alerts.firing("a")), NOW).headers())
        .isEmpty();
  }

  @Test
  void dollars_areReadable() {
    assertThat(Dollars.readable(new java.math.BigDecimal("1234567.895")))
        .isEqualTo("$1,234,567.90");
    assertThat(Dollars.readable(new java.math.BigDecimal("-0.000012345"))).isEqualTo("-$0.000012");
    assertThat(Dollars.readable(java.math.BigDecimal.ZERO)).isEqualTo("$0.00");
  }

  /** What a person reads in Slack, from top to bottom. */
  private static List<String> texts(JsonNode blocks) {
    List<String> texts = new ArrayList<>();
    for (JsonNode block : blocks) {
      List<JsonNode> parts = new ArrayList<>();
      parts.add(block.path("text"));
      block.path("fields").forEach(parts::add);
      block.path("elements").forEach(parts::add);
      parts.stream()
          .filter(part -> part.has("text"))
          .forEach(p -> texts.add(p.path("text").asText()));
    }
    return texts;
  }

  private static AlertRequest pagerDuty(org.apache.kafka.connect.data.Struct alert) {
    return new PagerDutyEvents("R0UTE").request(Alerts.read(alert), NOW);
  }

  private static AlertRequest slack(org.apache.kafka.connect.data.Struct alert) {
    return new SlackMessages().request(Alerts.read(alert), NOW);
  }
}
