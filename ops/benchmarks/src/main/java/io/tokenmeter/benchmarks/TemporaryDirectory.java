package io.tokenmeter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is deleted on close, and on Ctrl-C after the child processes have ended. */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;
  private final Thread hook = new Thread(this::deleteOnExit, "delete-temporary-directory");

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /** A new one in the system's temporary directory. */
  public static TemporaryDirectory create(String prefix) throws IOException {
    TemporaryDirectory directory = new TemporaryDirectory(Files.createTempDirectory(prefix));
    Runtime.getRuntime().addShutdownHook(directory.hook);
    return directory;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    delete(path);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook finds nothing left.
    }
  }

  private void deleteOnExit() {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    try {
      delete(path);
    } catch (IOException e) {
      System.err.println("tokenmeter: cannot delete " + path + ": " + e);
    }
  }

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
