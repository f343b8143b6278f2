package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server keeps its data: a directory of the user's, which is kept, or a temporary one,
 * which is deleted on close, or by the next start if its process was killed.
 *
 * <p>A temporary directory holds a file that is locked as long as its process lives: the operating
 * system drops the lock with the process, so a directory whose lock can be taken has no owner.
 */
final class DataDirectory implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
  private static final String PREFIX = "tokenmeter-embedded-";
  private static final String LOCK = "in-use";

  // Closing any channel of a locked file drops the process's lock on it (POSIX), so this process
  // must
  // not even look at the lock files of its own directories.
  private static final Set<Path> OWN = new HashSet<>();

  private final Path path;
  private final @Nullable FileChannel lock;

  private DataDirectory(Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** The given directory, or a new temporary one if none is given. */
  static DataDirectory of(@Nullable Path given) {
    return given == null ? temporary() : new DataDirectory(given.toAbsolutePath(), null);
  }

  private static synchronized DataDirectory temporary() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    deleteAbandoned(parent);
    try {
      Path path = Files.createTempDirectory(parent, PREFIX);
      OWN.add(path);
      return new DataDirectory(path, lock(path));
    } catch (IOException e) {
      throw new EmbeddedException("Cannot create a temporary directory in " + parent + ".", e);
    }
  }

  /** The lock file gets its name when it is locked, so that nobody ever sees it unlocked. */
  private static FileChannel lock(Path directory) throws IOException {
    Path unnamed = directory.resolve(LOCK + ".new");
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    Files.move(unnamed, directory.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
    return channel;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    if (lock == null || !lock.isOpen()) {
      return;
    }
    try (lock) {
      deleteContents();
      deleteTree(path);
    } catch (IOException e) {
      log.warn("Could not delete {}; the next start will try again.", path, e);
    }
  }

  /** All but the lock file, so that what cannot be deleted now is found by the next start. */
  private void deleteContents() throws IOException {
    try (DirectoryStream<Path> contents = Files.newDirectoryStream(path)) {
      for (Path content : contents) {
        if (!content.endsWith(LOCK)) {
          deleteTree(content);
        }
      }
    }
  }

  /** Deletes a directory and what is in it; files that vanish meanwhile do not matter. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void deleteAbandoned(Path parent) {
    try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path candidate : candidates) {
        if (isAbandoned(candidate)) {
          log.info("Deleting {}, left behind by a process that was killed.", candidate);
          deleteTree(candidate);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      log.debug("Could not look for abandoned directories in {}.", parent, e);
    }
  }

  private static boolean isAbandoned(Path directory) {
    if (OWN.contains(directory)) {
      return false;
    }
    // Without the lock file it is either not ours, or being created at this moment.
    try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }
}
