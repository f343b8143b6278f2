package io.tokenmeter.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  private static final Map<String, String> SETTINGS = Map.of("bootstrap.servers", "localhost:1");

  @TempDir private Path directory;

  @Test
  void secondFileAtTheSameTime_getsAnotherNameAndLeavesTheFirstAlone() throws IOException {
    try (ConfigFile first = create(SETTINGS);
        ConfigFile second = create(Map.of("bootstrap.servers", "localhost:2"))) {
      assertThat(first.path()).hasFileName("tokenmeter-demo.properties");
      assertThat(second.path()).isNotEqualTo(first.path());
      assertThat(SettingsFile.read(first.path())).isEqualTo(SETTINGS);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void fileOfAProcessThatWasKilled_isReplaced() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path left = directory.resolve("tokenmeter-demo.properties");
    Files.writeString(left, "# Of process " + ended.pid() + "\nbootstrap.servers=localhost:3\n");

    try (ConfigFile file = create(SETTINGS)) {
      assertThat(file.path()).isEqualTo(left);
      assertThat(SettingsFile.read(left)).isEqualTo(SETTINGS);
    }
  }

  @Test
  void fileThatSomebodyWroteByHand_isLeftAlone() throws IOException {
    Path own = Files.writeString(directory.resolve("tokenmeter-demo.properties"), "a=b\n");

    try (ConfigFile file = create(SETTINGS)) {
      assertThat(file.path()).isNotEqualTo(own);
      assertThat(own).hasContent("a=b");
    }
  }

  private ConfigFile create(Map<String, String> settings) throws IOException {
    return ConfigFile.create(directory, "tokenmeter-demo", settings);
  }
}
