package io.tokenmeter.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/** The sink's settings. Addresses and keys are passwords, which Kafka never logs. */
final class AlertWebhookConfig extends AbstractConfig {

  static final String FORMAT = "webhook.format";
  static final String URL = "webhook.url";
  static final String ROUTING_KEY = "pagerduty.routing.key";
  static final String HMAC_SECRET = "webhook.hmac.secret";
  static final String MIN_SEVERITY = "alerts.min.severity";
  static final String DETECTORS = "alerts.detectors";
  static final String RESOLVED = "alerts.resolved";
  static final String RATE_LIMIT = "webhook.rate.limit.per.minute";
  static final String TIMEOUT_MS = "webhook.timeout.ms";
  static final String RETRY_BUDGET_MS = "webhook.retry.budget.ms";
  static final String BACKOFF_MS = "webhook.retry.backoff.ms";
  static final String BACKOFF_MAX_MS = "webhook.retry.backoff.max.ms";

  /**
   * Where PagerDuty takes events: https://developer.pagerduty.com/api-reference (Events API v2).
   */
  private static final String PAGERDUTY_URL = "https://events.pagerduty.com/v2/enqueue";

  private static final int LONGEST_MS = 86_400_000;

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              FORMAT,
              Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              ValidString.in("slack", "pagerduty", "generic"),
              Importance.HIGH,
              "What the receiver understands: slack (incoming webhook), pagerduty (Events v2) or"
                  + " generic (JSON, signed).")
          .define(
              URL,
              Type.PASSWORD,
              "",
              Importance.HIGH,
              "Where alerts are posted. A Slack webhook's address is a secret: give it as"
                  + " ${env:NAME} or ${file:...}. Empty: PagerDuty's own address, for pagerduty"
                  + " only.")
          .define(
              ROUTING_KEY,
              Type.PASSWORD,
              "",
              Importance.HIGH,
              "Integration key of the PagerDuty service, for pagerduty only.")
          .define(
              HMAC_SECRET,
              Type.PASSWORD,
              "",
              Importance.MEDIUM,
              "Secret that the generic format's requests are signed with (HMAC-SHA256). Empty: they"
                  + " are not signed.")
          .define(
              MIN_SEVERITY,
              Type.STRING,
              "WARNING",
              ValidString.in("INFO", "WARNING", "CRITICAL"),
              Importance.MEDIUM,
              "Alerts below this severity are not posted.")
          .define(
              DETECTORS,
              Type.LIST,
              List.of(),
              Importance.MEDIUM,
              "Detectors whose alerts are posted, such as budget,anomaly. Empty: all.")
          .define(
              RESOLVED,
              Type.BOOLEAN,
              true,
              Importance.MEDIUM,
              "Whether it is also posted that an alert is over.")
          .define(
              RATE_LIMIT,
              Type.INT,
              60,
              Range.between(1, 60_000),
              Importance.MEDIUM,
              "Most requests a minute of a task; up to a sixth of them at once.")
          .define(
              TIMEOUT_MS,
              Type.INT,
              10_000,
              Range.between(1, 60_000),
              Importance.LOW,
              "How long the receiver has to answer, milliseconds.")
          .define(
              RETRY_BUDGET_MS,
              Type.INT,
              900_000,
              Range.between(0, LONGEST_MS),
              Importance.MEDIUM,
              "How long an alert is tried, milliseconds from when the task read it. After that it"
                  + " goes to the dead-letter topic, and without one the task stops.")
          .define(
              BACKOFF_MS,
              Type.INT,
              1_000,
              Range.between(1, 60_000),
              Importance.LOW,
              "First wait after a failure, milliseconds; doubled after each, with a random part.")
          .define(
              BACKOFF_MAX_MS,
              Type.INT,
              60_000,
              Range.between(1, LONGEST_MS),
              Importance.LOW,
              "Longest wait between two tries, milliseconds, also where the receiver asks for more"
                  + " (Retry-After).");

  /**
   * Checks the settings.
   *
   * @throws ConfigException naming the setting; no message holds an address or a key
   */
  AlertWebhookConfig(Map<String, String> values) {
    super(DEFINITION, values, false);
    url();
    if (format().equals("pagerduty") && secret(ROUTING_KEY).isEmpty()) {
      throw new ConfigException(ROUTING_KEY + " must be set for the format pagerduty");
    }
  }

  String format() {
    return getString(FORMAT);
  }

  URI url() {
    String text = secret(URL);
    if (text.isEmpty() && format().equals("pagerduty")) {
      text = PAGERDUTY_URL;
    }
    if (!text.toLowerCase(Locale.ROOT).matches("https?://[^/].*")) {
      throw new ConfigException(URL + " must be set, and begin with https:// or http://");
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(URL + " is not a valid address"); // its text stays out of the log
    }
  }

  String secret(String name) {
    return getPassword(name).value().strip();
  }

  AlertFilter filter() {
    return new AlertFilter(
        AlertRecord.Severity.valueOf(getString(MIN_SEVERITY)),
        Set.copyOf(getList(DETECTORS)),
        getBoolean(RESOLVED));
  }

  RequestRate rate(long nowNanos) {
    return new RequestRate(getInt(RATE_LIMIT), nowNanos);
  }

  Duration timeout() {
    return Duration.ofMillis(getInt(TIMEOUT_MS));
  }

  Duration retryBudget() {
    return Duration.ofMillis(getInt(RETRY_BUDGET_MS));
  }

  Backoff backoff() {
    return new Backoff(
        Duration.ofMillis(getInt(BACKOFF_MS)), Duration.ofMillis(getInt(BACKOFF_MAX_MS)));
  }
}
