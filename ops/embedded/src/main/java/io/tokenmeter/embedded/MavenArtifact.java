package io.tokenmeter.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * An archive published as a Maven artifact, taken from the local Maven repository or else fetched
 * by running Maven itself, so that the user's mirrors, proxies and credentials apply.
 *
 * @param groupId the artifact's group
 * @param artifactId the artifact's name
 * @param version the artifact's version
 * @param classifier the artifact's classifier
 * @param dependencyPlugin the coordinates of the Maven plugin that fetches
 */
record MavenArtifact(
    String groupId, String artifactId, String version, String classifier, String dependencyPlugin) {

  private static final String TYPE = "tar.gz";

  /**
   * How Maven is run on this machine.
   *
   * @param command the program and its first arguments
   * @param localRepository where Maven keeps what it has fetched before
   */
  record Maven(List<String> command, Path localRepository) {

    static Maven ofThisMachine() {
      // The first is the user's choice, the second is what Maven tells the tests that it runs.
      for (String property : List.of("maven.repo.local", "localRepository")) {
        String repository = System.getProperty(property, "");
        if (!repository.isBlank()) {
          return new Maven(
              List.of(program(), "-Dmaven.repo.local=" + repository), Path.of(repository));
        }
      }
      return new Maven(
          List.of(program()), Path.of(System.getProperty("user.home"), ".m2", "repository"));
    }

    private static String program() {
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
  }

  /**
   * The archive on this machine.
   *
   * @param scratch an empty directory in which a fetched archive may be put
   * @param beforeFetching called with the coordinates if the archive has to be fetched
   * @throws IOException if Maven cannot be run or does not find the artifact; the message says why
   */
  Path archive(Maven maven, Path scratch, Consumer<String> beforeFetching) throws IOException {
    Path known =
        maven
            .localRepository()
            .resolve(groupId.replace('.', '/'))
            .resolve(artifactId)
            .resolve(version)
            .resolve(fileName());
    if (Files.isRegularFile(known)) {
      return known;
    }
    beforeFetching.accept(coordinates());
    List<String> command = new ArrayList<>(maven.command());
    command.addAll(
        List.of(
            "-q",
            "-B",
            dependencyPlugin + ":copy",
            "-Dartifact=" + coordinates(),
            "-DoutputDirectory=" + scratch));
    Command fetch = Command.run(scratch, command);
    Path fetched = scratch.resolve(fileName());
    if (fetch.failed() || !Files.isRegularFile(fetched)) {
      throw new IOException(fetch.output());
    }
    return fetched;
  }

  String coordinates() {
    return String.join(":", groupId, artifactId, version, TYPE, classifier);
  }

  /** The command by which a person fetches the artifact. */
  String fetchCommand() {
    return "mvn %s:get -Dtransitive=false -Dartifact=%s".formatted(dependencyPlugin, coordinates());
  }

  private String fileName() {
    return "%s-%s-%s.%s".formatted(artifactId, version, classifier, TYPE);
  }
}
