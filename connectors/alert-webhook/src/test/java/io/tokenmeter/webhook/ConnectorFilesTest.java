package io.tokenmeter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is documented: the configurations, and every setting. */
class ConnectorFilesTest {

  @Test
  void everyDocumentedConfiguration_isValid_andHoldsNoSecretItself() throws Exception {
    for (String format : List.of("slack", "pagerduty", "generic")) {
      Map<String, String> config = new HashMap<>(ConnectorFile.read(format).config());
      assertThat(
              config.keySet().stream().filter(key -> key.matches("(webhook|alerts|pagerduty).*")))
          .isSubsetOf(AlertWebhookConfig.DEFINITION.names());
      for (String secret : List.of("webhook.url", "webhook.hmac.secret", "pagerduty.routing.key")) {
        assertThat(config.getOrDefault(secret, "${env:NONE}")).startsWith("${env:");
      }
      config.computeIfPresent("webhook.url", (key, reference) -> "https://hooks.example.com/x");
      assertThat(new AlertWebhookConfig(config).format()).isEqualTo(format);
    }
  }

  @Test
  void everySetting_isInTheReadme_withItsDefault() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    Stream<String> rows =
        AlertWebhookConfig.DEFINITION.configKeys().values().stream()
            .map(
                key ->
                    "| `%s` | %s |"
                        .formatted(
                            key.name,
                            !key.hasDefault()
                                ? "required"
                                : key.defaultValue instanceof Number
                                        || key.defaultValue instanceof Boolean
                                        || "WARNING".equals(key.defaultValue)
                                    ? "`" + key.defaultValue + "`"
                                    : ""));
    assertThat(rows).allMatch(readme::contains, "is in README.md");
  }
}
