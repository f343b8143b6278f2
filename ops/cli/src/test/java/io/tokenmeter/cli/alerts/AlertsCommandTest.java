package io.tokenmeter.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import io.tokenmeter.cli.cluster.TableTopic;
import io.tokenmeter.embedded.EmbeddedEnvironment;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts on a real broker, read through a real registry. */
class AlertsCommandTest {
  @TempDir Path directory;

  @Test
  void alerts_areListedByTheirLatestState() throws Exception {
    try (EmbeddedEnvironment environment = EmbeddedEnvironment.start()) {
      Map<String, String> settings = new HashMap<>();
      settings.put("bootstrap.servers", environment.bootstrapServers());
      settings.put("registry.url", environment.registryUrl());
      Path config = directory.resolve("tokenmeter.properties");
      Files.write(config, settings.entrySet().stream().map(Object::toString).toList());
      String on = config.toString();
      assertThat(CommandRun.of("alerts", "--config", on).err())
          .contains("there is no topic tokenmeter.alerts", "tokenmeter topics create");
      CommandRun.of("topics", "create", "--config", on);
      assertThat(CommandRun.of("alerts", "--config", on).out())
          .isEqualTo("0 firing, 0 resolved within the hour\n");

      TableTopic<Object> alerts = new TableTopic<>(settings, "alerts", (key, record) -> record);
      alerts.put(Map.of("a", AlertTextTest.alert("a", Severity.CRITICAL, "7")));
      alerts.put(Map.of("b", AlertTextTest.alert("b", Severity.WARNING, "7")));
      alerts.put(Map.of("b", resolved("b", Instant.now())));
      alerts.put(Map.of("old", resolved("old", Instant.parse("2026-01-01T00:00:00Z"))));

      CommandRun listed = CommandRun.of("alerts", "--config", on);
      assertThat(listed.out())
          .contains("CRITICAL  since ", "RESOLVED  ended ", "1 firing, 1 resolved within the hour");
      assertThat(CommandRun.of("alerts", "--all", "--config", on).out())
          .contains("1 firing, 2 resolved");
      assertThat(CommandRun.of("alerts", "--firing", "--config", on).out())
          .endsWith("1 firing\n")
          .doesNotContain("RESOLVED");
      assertThat(CommandRun.of("alerts", "--json", "--firing", "--config", on).out())
          .contains("\"alert_id\" : \"a\"", "\"at_stake_usd\" : \"7\"")
          .doesNotContain("\"alert_id\" : \"b\"");
      CommandRun both = CommandRun.of("alerts", "--all", "--firing", "--config", on);
      assertThat(both.exitCode()).isEqualTo(2);
      assertThat(both.err()).contains("--all and --firing exclude each other");
    }
  }

  private static Alert resolved(String id, Instant time) {
    Alert alert = AlertTextTest.alert(id, Severity.WARNING, "7");
    alert.setState(AlertState.RESOLVED);
    alert.setResolvedAt(time);
    alert.setUpdatedAt(time);
    return alert;
  }
}
