package io.tokenmeter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

  private static final Path PAGE = Path.of("..", "..", "topology", "SETTINGS.md");

  @Test
  void page_isTheOneThatTheCodePrints() throws Exception {
    assertThat(Files.readAllLines(PAGE))
        .as("mend with: ops/tokenmeter settings > topology/SETTINGS.md")
        .isEqualTo(SettingsPage.lines());
  }

  @Test
  void command_printsThePage() {
    CommandRun run = CommandRun.of("settings");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("# Settings\n").contains("\n## bootstrap.servers\n");
  }
}
