package io.tokenmeter.cli.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import io.tokenmeter.embedded.EmbeddedEnvironment;
import io.tokenmeter.policyfiles.CapacityFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets and policies on a real broker, written through a real registry. */
class PoliciesAndBudgetsTest {
  private static final Path EXAMPLES = Path.of("..", "policies");

  @TempDir Path directory;

  @Test
  void filesAreApplied_changed_listedAndRemoved() throws Exception {
    try (EmbeddedEnvironment environment = EmbeddedEnvironment.start()) {
      Path config = directory.resolve("tokenmeter.properties");
      Files.write(
          config,
          List.of(
              "bootstrap.servers=" + environment.bootstrapServers(),
              "registry.url=" + environment.registryUrl()));
      String on = config.toString();
      assertThat(CommandRun.of("budgets", "list", "--config", on).err())
          .contains("there is no topic tokenmeter.budgets", "tokenmeter topics create");
      assertThat(CommandRun.of("topics", "create", "--config", on).exitCode()).isZero();

      budgets(on);
      policies(on);
    }
  }

  private void budgets(String on) throws IOException {
    String file = fileOfBudgets("50");
    CommandRun tried = CommandRun.of("budgets", "apply", file, "--dry-run", "--config", on);
    assertThat(tried.exitCode()).as(tried.err()).isZero();
    assertThat(tried.out())
        .isEqualTo(
            """
            CHANGE  BUDGET
              DETAILS
            new     a
              subject team:a, period month, limit_usd 50, time_zone UTC, thresholds_percent
              50 80 100
            new     b
              subject team:b, period day, limit_usd 7, time_zone UTC, thresholds_percent 50
              80 100
            2 new (dry run: nothing was written)
            """);
    assertThat(CommandRun.of("budgets", "list", "--config", on).out()).isEqualTo("0 budgets\n");

    assertThat(CommandRun.of("budgets", "apply", file, "--config", on).out())
        .endsWith("2 new in tokenmeter.budgets\n");
    assertThat(CommandRun.of("budgets", "apply", fileOfBudgets("60"), "--config", on).out())
        .isEqualTo(
            """
            CHANGE     BUDGET  DETAILS
            changed    a       limit_usd 50 -> 60
            unchanged  b
            1 changed, 1 unchanged in tokenmeter.budgets
            """);
    assertThat(CommandRun.of("budgets", "list", "--config", on).out())
        .isEqualTo(
            """
            ID  SUBJECT  PERIOD  LIMIT USD  TIME ZONE  THRESHOLDS PERCENT  OWNER
            a   team:a   month   60         UTC        50 80 100
            b   team:b   day     7          UTC        50 80 100
            2 budgets
            """);
    Path listed =
        Files.writeString(
            directory.resolve("listed.yaml"),
            CommandRun.of("budgets", "list", "--yaml", "--config", on).out());
    assertThat(CommandRun.of("budgets", "apply", listed.toString(), "--json", "--config", on).out())
        .contains("\"unchanged\" : 2");

    assertThat(CommandRun.of("budgets", "remove", "a", "nobody", "--config", on).out())
        .isEqualTo(
            """
            CHANGE   BUDGET  DETAILS
            removed  a
            absent   nobody
            1 removed, 1 absent in tokenmeter.budgets
            """);
    assertThat(CommandRun.of("budgets", "remove", file, "--config", on).out())
        .endsWith("1 removed, 1 absent in tokenmeter.budgets\n");
    assertThat(CommandRun.of("budgets", "list", "--json", "--config", on).out())
        .contains("\"budgets\" : [ ]");
  }

  private void policies(String on) {
    String example = EXAMPLES.resolve("policies.yaml").toString();
    assertThat(CommandRun.of("policies", "apply", example, "--config", on).out())
        .contains(
            "new     anomaly *:*",
            "new     model-drift team:research",
            "5 new in tokenmeter.detector-policies");
    assertThat(CommandRun.of("policies", "list", "--config", on).out())
        .contains(
            "anomaly           api_key:prod-*          true\n  minimum.ratio=1.5 persistence=1m\n");
    assertThat(CommandRun.of("policies", "remove", "anomaly *:*", "--json", "--config", on).out())
        .contains("\"removed\" : 1");
    assertThat(CommandRun.of("policies", "list", "--config", on).out()).contains("4 policies");
  }

  @Test
  void examples_areRight() throws IOException {
    try (var files = Files.list(EXAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("budgets.yaml", "capacity.yaml", "policies.yaml");
    }
    assertThat(list("budgets", EXAMPLES.resolve("budgets.yaml")).out())
        .contains("sandbox-daily", "3 budgets");
    assertThat(list("policies", EXAMPLES.resolve("policies.yaml")).out())
        .contains("runaway-workflow", "5 policies");
    try (Reader capacity = Files.newBufferedReader(EXAMPLES.resolve("capacity.yaml"))) {
      assertThat(CapacityFiles.read(capacity).errors()).isEmpty();
    }
  }

  @Test
  void fileWithErrors_namesEachLineAndAppliesNothing() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("bad.yaml"),
            """
            policies:
              - detector: anomaly
                settings:
                  minimum.ratio: 0
              - detector: anomalie
            """);
    CommandRun run = list("policies", file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith(file + ", line 4: minimum.ratio must be a number above 1 to 1000, not '0'\n")
        .contains(file + ", line 5: unknown detector 'anomalie'; known are anomaly, ")
        .endsWith("tokenmeter: 2 errors in " + file + "; nothing was done\n");
    assertThat(list("budgets", file).err())
        .isEqualTo(
            "tokenmeter: "
                + file
                + ", line 1: no file of budgets: the file must be a mapping with a list under 'budgets'\n");
  }

  @Test
  void referencePage_isWhatTheCodeSays() throws IOException {
    CommandRun printed = CommandRun.of("policies", "settings");

    assertThat(printed.out())
        .as("mend with: ops/tokenmeter policies settings > topology/POLICIES.md")
        .isEqualTo(Files.readString(Path.of("..", "..", "topology", "POLICIES.md")));
  }

  private static CommandRun list(String what, Path file) {
    return CommandRun.of(what, "list", file.toString());
  }

  private String fileOfBudgets(String limit) throws IOException {
    return Files.writeString(
            directory.resolve("budgets.yaml"),
            """
            budgets:
              - {id: a, subject: team:a, period: month, limit_usd: %s, time_zone: UTC}
              - {id: b, subject: team:b, period: day, limit_usd: 7, time_zone: UTC}
            """
                .formatted(limit))
        .toString();
  }
}
