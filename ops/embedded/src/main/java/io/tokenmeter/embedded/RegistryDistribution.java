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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked Apicurio Registry server, fetched once and kept in the user's cache directory.
 *
 * <p>The archive is a Maven artifact. It is taken from the local Maven repository, or else Maven
 * itself is run to fetch it, so that the user's mirrors, proxies and credentials apply. Unpacking
 * ends with a rename: the directory is there whole or not at all, however many processes start at
 * the same time.
 */
final class RegistryDistribution {

  /** Overrides the directory that holds the unpacked server, for machines without Maven. */
  static final String HOME_PROPERTY = "tokenmeter.registry.home";

  static final String HOME_VARIABLE = "TOKENMETER_REGISTRY_HOME";

  /** Overrides the cache directory. */
  static final String CACHE_PROPERTY = "tokenmeter.cache.dir";

  static final String CACHE_VARIABLE = "TOKENMETER_CACHE_DIR";

  private static final String GROUP_ID = "io.apicurio";
  private static final String ARTIFACT_ID = "apicurio-registry-app";
  private static final String STAGING = "unpacking-";
  private static final long MAVEN_TIMEOUT_MINUTES = 20;

  private final String version;
  private final String dependencyPlugin;
  private final Path cache;
  private final Consumer<String> progress;

  private RegistryDistribution(Path cache, Consumer<String> progress) {
    Properties versions = versions();
    this.version = versions.getProperty("registry.version");
    this.dependencyPlugin =
        "org.apache.maven.plugins:maven-dependency-plugin:"
            + versions.getProperty("dependency-plugin.version");
    this.cache = cache;
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
    return runnerJar(cacheDirectory(), progress);
  }

  static Path runnerJar(Path cache, Consumer<String> progress) {
    RegistryDistribution distribution = new RegistryDistribution(cache, progress);
    return runnerJarIn(distribution.unpacked());
  }

  private static Path runnerJarIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new EmbeddedException(
                      "There is no apicurio-registry-app-*-runner.jar in %s. Delete the directory to have it fetched again, or correct %s."
                          .formatted(directory, HOME_VARIABLE)));
    } catch (IOException e) {
      throw new EmbeddedException(
          "Cannot read the schema registry's directory %s; correct %s."
              .formatted(directory, HOME_VARIABLE),
          e);
    }
  }

  // Static: two threads of one process cannot both hold the file lock.
  private static final Object ONE_AT_A_TIME = new Object();

  private Path unpacked() {
    Path target = cache.resolve(ARTIFACT_ID + "-" + version);
    if (Files.isDirectory(target)) {
      return target;
    }
    synchronized (ONE_AT_A_TIME) {
      try {
        Files.createDirectories(cache);
        try (FileChannel channel =
                FileChannel.open(
                    cache.resolve(target.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (lock.isValid() && !Files.isDirectory(target)) {
            deleteUnfinished();
            fetchInto(target);
          }
        }
      } catch (IOException e) {
        throw new EmbeddedException(
            "Cannot keep the schema registry in %s: %s. Choose another directory with %s."
                .formatted(cache, e.getMessage(), CACHE_VARIABLE),
            e);
      }
    }
    return target;
  }

  /** What a killed process left behind; safe, because the lock is held. */
  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(cache, STAGING + "*")) {
      for (Path leftover : leftovers) {
        DataDirectory.deleteTree(leftover);
      }
    }
  }

  private void fetchInto(Path target) throws IOException {
    Path staging = Files.createTempDirectory(cache, STAGING);
    try {
      Path archive = inLocalRepository();
      if (archive == null) {
        progress.accept("Downloading the schema registry (109 MB, once)…");
        archive = fetchedByMaven(staging.resolve("archive"));
      }
      Path tree = Files.createDirectory(staging.resolve("tree"));
      String output =
          run(tree, List.of("tar", "-xzf", archive.toAbsolutePath().toString()), "unpack");
      if (!output.isBlank()) {
        progress.accept(output);
      }
      runnerJarIn(tree);
      Files.move(tree, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DataDirectory.deleteTree(staging);
    }
  }

  private @Nullable Path inLocalRepository() {
    Path archive =
        localRepository()
            .resolve(GROUP_ID.replace('.', '/'))
            .resolve(ARTIFACT_ID)
            .resolve(version)
            .resolve("%s-%s-all.tar.gz".formatted(ARTIFACT_ID, version));
    return Files.isRegularFile(archive) ? archive : null;
  }

  private Path fetchedByMaven(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<String> command = new ArrayList<>();
    command.add(mavenCommand());
    command.addAll(List.of("-q", "-B", dependencyPlugin + ":copy"));
    command.add("-Dartifact=" + coordinates());
    command.add("-DoutputDirectory=" + directory.toAbsolutePath());
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    run(directory, command, "fetch");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".tar.gz"))
          .findFirst()
          .orElseThrow(() -> unobtainable("fetch", "Maven ended well but left no archive.", null));
    }
  }

  private String run(Path directory, List<String> command, String what) throws IOException {
    // To a file, not a pipe: a pipe that nobody empties would stop the program.
    Path log = Files.createTempFile(directory.getParent(), what, ".log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw unobtainable(what, "Cannot run '%s'.".formatted(command.get(0)), e);
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(MAVEN_TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw unobtainable(
            what, "Gave up after %d minutes.".formatted(MAVEN_TIMEOUT_MINUTES), null);
      }
      String output = Files.readString(log);
      if (process.exitValue() != 0) {
        throw unobtainable(what, output.strip(), null);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unobtainable(what, "Interrupted.", e);
    } finally {
      process.destroy();
    }
  }

  private EmbeddedException unobtainable(String what, String reason, @Nullable Throwable cause) {
    String message =
        """
        Could not %s the schema registry server (%s):
        %s

        Fetch it by hand:  mvn %s:get -Dtransitive=false -Dartifact=%s
        or unpack that archive anywhere and set %s to the directory,
        or use a registry of your own (--registry)."""
            .formatted(what, coordinates(), reason, dependencyPlugin, coordinates(), HOME_VARIABLE);
    return cause == null ? new EmbeddedException(message) : new EmbeddedException(message, cause);
  }

  private String coordinates() {
    return "%s:%s:%s:tar.gz:all".formatted(GROUP_ID, ARTIFACT_ID, version);
  }

  private static Path cacheDirectory() {
    String configured = configured(CACHE_PROPERTY, CACHE_VARIABLE);
    if (configured != null) {
      return Path.of(configured);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("tokenmeter");
  }

  private static Path localRepository() {
    for (String property : List.of("maven.repo.local", "localRepository")) {
      String configured = System.getProperty(property);
      if (configured != null && !configured.isBlank()) {
        return Path.of(configured);
      }
    }
    return Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  private static String mavenCommand() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    String script = windows ? "mvn.cmd" : "mvn";
    for (String variable : List.of("MAVEN_HOME", "M2_HOME")) {
      String home = System.getenv(variable);
      if (home != null && Files.isExecutable(Path.of(home, "bin", script))) {
        return Path.of(home, "bin", script).toString();
      }
    }
    return script;
  }

  private static @Nullable String configured(String property, String variable) {
    String value = System.getProperty(property, System.getenv(variable));
    return value == null || value.isBlank() ? null : value;
  }

  private static Properties versions() {
    Properties properties = new Properties();
    try (InputStream in = RegistryDistribution.class.getResourceAsStream("versions.properties")) {
      if (in == null) {
        throw new IOException("versions.properties is missing from the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new EmbeddedException("Cannot read the version of the schema registry.", e);
    }
    return properties;
  }
}
