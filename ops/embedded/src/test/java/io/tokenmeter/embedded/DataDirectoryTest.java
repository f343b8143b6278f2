package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @Test
  void given_isKept(@TempDir Path given) throws Exception {
    Files.writeString(given.resolve("data"), "kept");

    DataDirectory.of(given).close();

    assertThat(given.resolve("data")).exists();
  }

  @Test
  void temporary_isDeletedOnClose() throws Exception {
    DataDirectory directory = DataDirectory.of(null);
    Files.writeString(directory.path().resolve("data"), "gone");

    directory.close();

    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void temporary_ofAKilledProcess_isDeletedByTheNextStart() throws Exception {
    Path abandoned = Files.createTempDirectory("tokenmeter-embedded-");
    Files.writeString(abandoned.resolve("in-use"), "");
    Files.createDirectories(abandoned.resolve("some-topic-0"));
    Path foreign = Files.createTempDirectory("tokenmeter-embedded-");
    try {
      DataDirectory.of(null).close();

      assertThat(abandoned).doesNotExist();
      assertThat(foreign).as("a directory without our lock file").exists();
    } finally {
      Files.delete(foreign);
    }
  }

  /**
   * POSIX drops a process's lock on a file when any of its channels of that file is closed, so the
   * second directory's look around once gave up the lock of the first.
   */
  @Test
  void temporary_besideAnotherOfTheSameProcess_isLeftAloneByOtherProcesses() throws Exception {
    try (DataDirectory first = DataDirectory.of(null);
        DataDirectory second = DataDirectory.of(null)) {
      Command elsewhere =
          Command.run(
              Path.of("/"),
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Elsewhere.class.getName()));

      assertThat(elsewhere.failed()).as(elsewhere.output()).isFalse();
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    }
  }

  /** Another process that starts and stops. */
  static final class Elsewhere {
    public static void main(String[] args) {
      DataDirectory.of(null).close();
    }
  }
}
