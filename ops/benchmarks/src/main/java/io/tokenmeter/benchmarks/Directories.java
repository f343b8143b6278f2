package io.tokenmeter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes what a bench run leaves behind. */
final class Directories {

  private Directories() {}

  /** Deletes a directory with all that is in it; files that vanish meanwhile are no concern. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return;
      }
      throw e;
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
