package io.tokenmeter.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as messages of Slack's incoming webhooks: a line for notifications, and blocks to read.
 * Layout and limits: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and
 * https://docs.slack.dev/reference/block-kit/blocks.
 */
final class SlackMessages implements RequestFormat {
  private static final int LONGEST_SECTION = 3000;
  private static final int LONGEST_FIELD = 2000;
  private static final int DRIVERS_SHOWN = 6;

  @Override
  public AlertRequest request(AlertRecord alert, Instant now) {
    ObjectNode message = AlertJson.MAPPER.createObjectNode();
    String sentence = escaped(alert.sentence());
    message.put("text", Texts.shortened(title(alert) + ": " + sentence, LONGEST_SECTION));
    ArrayNode blocks = message.putArray("blocks");
    section(blocks, "*" + title(alert) + "*\n" + sentence);
    fields(blocks, alert);
    if (alert.firing() && !alert.drivers().isEmpty()) {
      section(blocks, drivers(alert));
    }
    context(blocks, alert);
    return new AlertRequest(AlertJson.write(message), Map.of());
  }

  private static String title(AlertRecord alert) {
    String sign =
        switch (alert.firing() ? alert.severity() : AlertRecord.Severity.INFO) {
          case CRITICAL -> ":red_circle: ";
          case WARNING -> ":large_orange_circle: ";
          case INFO -> alert.firing() ? ":large_blue_circle: " : ":white_check_mark: ";
        };
    String state = alert.firing() ? alert.severity().name() : "RESOLVED";
    return sign + state + " " + alert.detector() + " " + escaped(alert.subject());
  }

  private static void section(ArrayNode blocks, String text) {
    ObjectNode section = blocks.addObject().put("type", "section");
    markdown(section.putObject("text"), Texts.shortened(text, LONGEST_SECTION));
  }

  private static void fields(ArrayNode blocks, AlertRecord alert) {
    ArrayNode fields = AlertJson.MAPPER.createArrayNode();
    field(fields, "At stake a day", alert.atStakeUsd());
    field(fields, "Observed", alert.observedUsd());
    field(fields, "Expected", alert.expectedUsd());
    field(fields, "Limit", alert.thresholdUsd());
    if (!fields.isEmpty()) {
      blocks.addObject().put("type", "section").set("fields", fields);
    }
  }

  private static void field(ArrayNode fields, String name, @Nullable BigDecimal dollars) {
    if (dollars != null) {
      String text = "*" + name + "*\n" + Dollars.readable(dollars);
      markdown(fields.addObject(), Texts.shortened(text, LONGEST_FIELD));
    }
  }

  private static String drivers(AlertRecord alert) {
    return alert.drivers().stream()
        .limit(DRIVERS_SHOWN)
        .map(
            driver ->
                "• %s %s: %s"
                    .formatted(
                        Dollars.readable(driver.partUsd()),
                        escaped(driver.name()),
                        escaped(driver.detail())))
        .collect(Collectors.joining("\n"));
  }

  private static void context(ArrayNode blocks, AlertRecord alert) {
    String text = "since " + alert.since();
    if (alert.resolvedAt() != null) {
      text += ", over at " + alert.resolvedAt();
    }
    if (!alert.also().isEmpty()) {
      text += " · also " + escaped(String.join(", ", alert.also()));
    }
    ArrayNode elements = blocks.addObject().put("type", "context").putArray("elements");
    markdown(elements.addObject(), Texts.shortened(text, LONGEST_FIELD));
  }

  private static void markdown(ObjectNode node, String text) {
    node.put("type", "mrkdwn").put("text", text);
  }

  /**
   * Slack reads these three characters as its own:
   * docs.slack.dev/messaging/formatting-message-text.
   */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
