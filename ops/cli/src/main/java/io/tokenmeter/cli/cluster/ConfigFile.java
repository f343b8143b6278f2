package io.tokenmeter.cli.cluster;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of settings that is there as long as the process that wrote it.
 *
 * <p>Its name is short enough to be typed, unless another process that still runs, or another user,
 * has it. What a process that was killed left behind is replaced.
 */
final class ConfigFile implements AutoCloseable {
  private static final String OWNER = "# Of process ";

  private final Path path;

  private ConfigFile(Path path) {
    this.path = path;
  }

  /**
   * Writes settings to a file in the system's temporary directory.
   *
   * @param name the file's name without its ending
   */
  static ConfigFile create(String name, Map<String, String> settings) throws IOException {
    return create(Path.of(System.getProperty("java.io.tmpdir")), name, settings);
  }

  static ConfigFile create(Path directory, String name, Map<String, String> settings)
      throws IOException {
    Path path = newFile(directory, name);
    List<String> lines = new ArrayList<>();
    lines.add(OWNER + ProcessHandle.current().pid());
    settings.forEach((setting, value) -> lines.add(setting + "=" + value));
    return new ConfigFile(Files.write(path, lines));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }

  private static Path newFile(Path directory, String name) throws IOException {
    Path path = directory.resolve(name + ".properties");
    deleteIfLeftBehind(path);
    try {
      return Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      return Files.createTempFile(directory, name + "-", ".properties");
    }
  }

  private static void deleteIfLeftBehind(Path path) {
    try {
      String first = Files.readAllLines(path).stream().findFirst().orElse("");
      if (first.startsWith(OWNER)
          && ProcessHandle.of(Long.parseLong(first.substring(OWNER.length()))).isEmpty()) {
        Files.delete(path);
      }
    } catch (IOException | NumberFormatException e) {
      // There is none, or it is somebody else's: the new one gets another name.
    }
  }
}
