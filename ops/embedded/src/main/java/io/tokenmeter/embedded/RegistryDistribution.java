package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked Apicurio Registry server, fetched once and kept in the user's cache directory.
 *
 * <p>Unpacking ends with a rename: the directory is there whole or not at all, however many
 * processes start at the same time.
 */
final class RegistryDistribution {

  private static final String HOME_PROPERTY = "tokenmeter.registry.home";
  private static final String HOME_VARIABLE = "TOKENMETER_REGISTRY_HOME";
  private static final String CACHE_PROPERTY = "tokenmeter.cache.dir";
  private static final String CACHE_VARIABLE = "TOKENMETER_CACHE_DIR";

  private static final String DOWNLOADING = "Downloading the schema registry (109 MB, once)…";
  private static final String STAGING = "unpacking-";

  // Two threads of one process cannot both ask for the file lock.
  private static final Object ONE_THREAD_AT_A_TIME = new Object();

  private final Path cache;
  private final MavenArtifact artifact;
  private final MavenArtifact.Maven maven;
  private final Consumer<String> progress;

  RegistryDistribution(Path cache, MavenArtifact.Maven maven, Consumer<String> progress) {
    this.cache = cache;
    this.artifact = artifact();
    this.maven = maven;
    this.progress = progress;
  }

  /**
   * The jar that runs the server, with its libraries beside it.
   *
   * @throws EmbeddedException if it is neither cached nor obtainable; the message says what to do
   */
  static Path runnerJar(Consumer<String> progress) {
    String home = configured(HOME_PROPERTY, HOME_VARIABLE);
    if (home != null) {
      return runnerJarIn(Path.of(home));
    }
    return new RegistryDistribution(cacheDirectory(), MavenArtifact.Maven.ofThisMachine(), progress)
        .runnerJar();
  }

  Path runnerJar() {
    Path target = cache.resolve(artifact.artifactId() + "-" + artifact.version());
    try {
      if (!Files.isDirectory(target)) {
        unpackAlone(target);
      }
    } catch (IOException e) {
      throw new EmbeddedException(unobtainable(e), e);
    }
    return runnerJarIn(target);
  }

  private void unpackAlone(Path target) throws IOException {
    synchronized (ONE_THREAD_AT_A_TIME) {
      Files.createDirectories(cache);
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve(target.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.isDirectory(target)) {
          deleteUnfinished();
          unpack(target);
        }
      }
    }
  }

  private void unpack(Path target) throws IOException {
    Path staging = Files.createTempDirectory(cache, STAGING);
    try {
      Path download = Files.createDirectory(staging.resolve("download"));
      Path archive = artifact.archive(maven, download, coordinates -> progress.accept(DOWNLOADING));
      Path tree = Files.createDirectory(staging.resolve("tree"));
      Command untar = Command.run(tree, List.of("tar", "-xzf", archive.toString()));
      if (untar.failed()) {
        throw new IOException("Cannot unpack %s: %s".formatted(archive, untar.output()));
      }
      Files.move(tree, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DataDirectory.deleteTree(staging);
    }
  }

  /** What a killed process left behind; safe, because the lock is held. */
  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(cache, STAGING + "*")) {
      for (Path leftover : leftovers) {
        DataDirectory.deleteTree(leftover);
      }
    }
  }

  private String unobtainable(IOException e) {
    return """
        Could not get the schema registry server (%s) into %s:
        %s

        What helps:
        - fetch it by hand:  %s
        - or unpack that archive anywhere and set %s to the directory,
        - or choose another cache directory with %s,
        - or use a cluster and a schema registry of your own."""
        .formatted(
            artifact.coordinates(),
            cache,
            e.getMessage(),
            artifact.fetchCommand(),
            HOME_VARIABLE,
            CACHE_VARIABLE);
  }

  private static Path runnerJarIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("it holds no *-runner.jar"));
    } catch (IOException e) {
      throw new EmbeddedException(
          "Cannot use %s as the directory of the schema registry server: %s. Delete it to have it fetched again, or correct %s."
              .formatted(directory, e.getMessage(), HOME_VARIABLE),
          e);
    }
  }

  private static Path cacheDirectory() {
    String configured = configured(CACHE_PROPERTY, CACHE_VARIABLE);
    if (configured != null) {
      return Path.of(configured).toAbsolutePath();
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("tokenmeter").toAbsolutePath();
  }

  private static @Nullable String configured(String property, String variable) {
    String value = System.getProperty(property, System.getenv(variable));
    return value == null || value.isBlank() ? null : value;
  }

  /** The version is written once, in the root pom. */
  static MavenArtifact artifact() {
    Properties versions = new Properties();
    try (InputStream in = RegistryDistribution.class.getResourceAsStream("versions.properties")) {
      if (in == null) {
        throw new IOException("versions.properties is missing from the class path");
      }
      versions.load(in);
    } catch (IOException e) {
      throw new EmbeddedException("Cannot read the version of the schema registry.", e);
    }
    return new MavenArtifact(
        "io.apicurio",
        "apicurio-registry-app",
        versions.getProperty("registry.version"),
        "all",
        "org.apache.maven.plugins:maven-dependency-plugin:"
            + versions.getProperty("dependency-plugin.version"));
  }
}
