package io.tokenmeter.webhook;

import java.time.Instant;

/** Writes alerts as a receiver understands them. */
interface RequestFormat {

  /**
   * What is posted of an alert.
   *
   * @param now when it is sent, for signatures
   */
  AlertRequest request(AlertRecord alert, Instant now);

  /** The format that is configured. */
  static RequestFormat of(AlertWebhookConfig config) {
    return switch (config.format()) {
      case "slack" -> new SlackMessages();
      case "pagerduty" -> new PagerDutyEvents(config.secret(AlertWebhookConfig.ROUTING_KEY));
      default -> new SignedJson(config.secret(AlertWebhookConfig.HMAC_SECRET));
    };
  }
}
