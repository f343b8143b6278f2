package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a shell script in Maven's place, which "fetches" a tiny archive and counts its calls. */
class RegistryDistributionTest {

  private static final String PACK =
      "touch registry-runner.jar && tar -czf apicurio-registry-app-%s-all.tar.gz registry-runner.jar"
          .formatted(version());

  @TempDir Path directory;
  private Path cache;
  private Path calls;
  private final ConcurrentLinkedQueue<String> progress = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void setUp() {
    cache = directory.resolve("cache");
    calls = directory.resolve("calls");
  }

  @Test
  void runnerJar_notYetThere_isFetchedOnceAndAnnounced() throws IOException {
    Path first = distribution(fetching()).runnerJar();
    Path second = distribution(fetching()).runnerJar();

    assertThat(first).isEqualTo(second).exists().hasFileName("registry-runner.jar");
    assertThat(Files.readAllLines(calls)).hasSize(1);
    assertThat(progress).containsExactly("Downloading the schema registry (109 MB, once)…");
  }

  @Test
  void runnerJar_askedForByManyAtOnce_isFetchedOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Path>> jars = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Callable<Path> start = () -> distribution(fetching()).runnerJar();
        jars.add(threads.submit(start));
      }
      for (Future<Path> jar : jars) {
        assertThat(jar.get()).exists();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(Files.readAllLines(calls)).hasSize(1);
  }

  @Test
  void runnerJar_afterAProcessWasKilledWhileUnpacking_cleansUpAndFetches() throws IOException {
    Files.createDirectories(cache.resolve("unpacking-123/tree"));

    assertThat(distribution(fetching()).runnerJar()).exists();

    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("unpacking-"));
    }
  }

  @Test
  void runnerJar_inTheLocalRepository_needsNoMaven() throws IOException {
    Path version =
        directory.resolve("repository/io/apicurio/apicurio-registry-app").resolve(version());
    Files.createDirectories(version);
    assertThat(Command.run(version, List.of("sh", "-c", PACK)).failed()).isFalse();

    assertThat(distribution(List.of("no-such-program")).runnerJar()).exists();
    assertThat(progress).isEmpty();
  }

  @Test
  void runnerJar_unobtainable_saysWhyAndWhatToDo() {
    List<String> maven = List.of("sh", "-c", "echo the network is down; exit 1");

    assertThatThrownBy(() -> distribution(maven).runnerJar())
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("io.apicurio:apicurio-registry-app:" + version() + ":tar.gz:all")
        .hasMessageContaining("the network is down")
        .hasMessageContaining("mvn org.apache.maven.plugins:maven-dependency-plugin:")
        .hasMessageContaining("TOKENMETER_REGISTRY_HOME");
    assertThat(cache.resolve("apicurio-registry-app-" + version())).doesNotExist();
  }

  @Test
  void runnerJar_withoutMaven_saysSo() {
    assertThatThrownBy(() -> distribution(List.of("no-such-maven")).runnerJar())
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("no-such-maven");
  }

  private RegistryDistribution distribution(List<String> maven) {
    return new RegistryDistribution(
        cache, new MavenArtifact.Maven(maven, directory.resolve("repository")), progress::add);
  }

  /** A stand-in for Maven; its working directory is where the archive is expected. */
  private List<String> fetching() {
    return List.of("sh", "-c", "echo fetch >> " + calls + "; " + PACK);
  }

  private static String version() {
    return RegistryDistribution.artifact().version();
  }
}
