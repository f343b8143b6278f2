package io.tokenmeter.cli.cluster;

import io.tokenmeter.embedded.EmbeddedEnvironment;
import io.tokenmeter.embedded.EnvironmentOptions;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.topics.TopicCatalogue;
import io.tokenmeter.streams.topics.TopicCreator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** An embedded environment with the catalogued topics in it, sized for one machine. */
public final class EmbeddedCluster implements AutoCloseable {

  private static final int PARTITIONS = 4;
  private static final String PREFIX = "tokenmeter.";

  private final EmbeddedEnvironment environment;
  private final Map<String, String> settings = new TreeMap<>();

  private EmbeddedCluster(EmbeddedEnvironment environment, int partitions) {
    this.environment = environment;
    settings.put(TokenmeterConfig.BOOTSTRAP_SERVERS, environment.bootstrapServers());
    settings.put(TokenmeterConfig.REGISTRY_URL, environment.registryUrl());
    settings.put(TokenmeterConfig.ROLLUP_PARTITIONS, Integer.toString(partitions));
    // Somebody is looking: show results twice a second.
    settings.put(TokenmeterConfig.COMMIT_INTERVAL_MS, "500");
    // A file of usage may span years, and none of it is to be too old for the roll-ups or its run.
    String always = Long.toString(Duration.ofDays(36_500).toMillis());
    settings.put(TokenmeterConfig.ROLLUP_RETENTION_MS, always);
    settings.put(TokenmeterConfig.RUNS_RETENTION_MS, always);
  }

  /** Starts a broker and a registry and creates the topics. */
  public static EmbeddedCluster start(EnvironmentOptions options)
      throws ExecutionException, InterruptedException {
    return start(options, PARTITIONS);
  }

  /** Starts a broker and a registry and creates the topics with so many partitions each. */
  public static EmbeddedCluster start(EnvironmentOptions options, int partitions)
      throws ExecutionException, InterruptedException {
    EmbeddedCluster cluster = new EmbeddedCluster(EmbeddedEnvironment.start(options), partitions);
    try (Admin admin = AdminClients.create(cluster.settings)) {
      TopicCreator.Plan plan =
          new TopicCreator.Plan(PREFIX, OptionalInt.of(partitions), Optional.empty(), false, false);
      new TopicCreator(admin).create(TopicCatalogue.load().topics(), plan);
      return cluster;
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The broker and the registry. */
  public EmbeddedEnvironment environment() {
    return environment;
  }

  /**
   * Writes the settings to a file of their own for {@code --config}. It is deleted with the
   * environment.
   *
   * @param command whose environment it is
   */
  public Path writeConfig(String command) throws IOException {
    ConfigFile file = ConfigFile.create("tokenmeter-" + command, settings);
    environment.closeFirst(file);
    return file.path();
  }

  /** The application's settings for this cluster. */
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public void close() {
    environment.close();
  }
}
