package io.tokenmeter.cli.cluster;

import io.tokenmeter.cli.CommandFailedException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A properties file of settings. */
public final class SettingsFile {

  private SettingsFile() {}

  /**
   * The file's settings, with white space around the values taken off.
   *
   * @throws CommandFailedException if the file cannot be read or is not a properties file
   */
  public static Map<String, String> read(Path file) {
    return read(file, "tokenmeter settings");
  }

  /**
   * The settings of a file that another command documents.
   *
   * @param reference the command that lists what the file may hold
   */
  public static Map<String, String> read(Path file, String reference) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new CommandFailedException(
          "no such file: " + file + "; '" + reference + "' lists what it may hold", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString().strip()));
    return settings;
  }
}
