package io.tokenmeter.cli.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import io.tokenmeter.intake.config.TokenHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeCommandTest {
  private static final Path PAGE = Path.of("..", "..", "connectors", "intake", "SETTINGS.md");

  @Test
  void page_isTheOneThatTheCodePrints() throws Exception {
    assertThat(Files.readAllLines(PAGE))
        .as("mend with: ops/tokenmeter intake settings > connectors/intake/SETTINGS.md")
        .isEqualTo(List.of(CommandRun.of("intake", "settings").out().split("\n")));
  }

  @Test
  void token_isPrintedWithTheLineThatHoldsItsHash() {
    String out = CommandRun.of("intake", "token", "search").out();

    Matcher matcher =
        Pattern.compile("(tmk_\\S+)\\R.*tokens\\.search\\.sha256=([0-9a-f]+)").matcher(out);
    assertThat(matcher.find()).isTrue();
    assertThat(TokenHash.of(matcher.group(1))).hasToString(matcher.group(2));
    assertThat(CommandRun.of("intake", "token", "a.b").exitCode()).isEqualTo(2);
  }

  @Test
  void intake_withoutSettings_isWrongUsage() {
    CommandRun run = CommandRun.of("intake");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tokenmeter: name the settings with --config FILE");
  }

  @Test
  void intake_withAWrongSetting_saysWhichInOneLine(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("intake.properties"),
            """
            bootstrap.servers=127.0.0.1:1
            registry.url=http://127.0.0.1:1
            auth.required=false
            x=1
            """);

    CommandRun run = CommandRun.of("intake", "--config", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "tokenmeter: wrong setting: unknown setting x; 'tokenmeter intake settings' lists all"
                + " there are\n");
  }
}
