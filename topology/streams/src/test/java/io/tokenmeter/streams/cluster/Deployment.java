package io.tokenmeter.streams.cluster;

import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.topics.TopicCatalogue;
import io.tokenmeter.streams.topics.TopicCreator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * One application on a cluster: its topics, which no other test uses, its settings and its local
 * state. Instances of it are started in this JVM or in one of their own.
 */
public final class Deployment implements AutoCloseable {
  /**
   * How long a test waits for what should happen: longer than a busy machine takes for it, also
   * where sessions and transactions of killed instances must time out first.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Cluster cluster;
  private final String name;
  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();
  private final Admin admin;
  private int instances;

  /**
   * Creates the topics.
   *
   * @param name prefix of the topics and identity of the application; of one test only
   * @param partitions of the topics that scale
   */
  public Deployment(Cluster cluster, String name, int partitions) {
    this.cluster = cluster;
    this.name = name;
    admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    try {
      directory = Files.createTempDirectory("tokenmeter-" + name);
      TopicCreator.Plan plan =
          new TopicCreator.Plan(
              name + ".", OptionalInt.of(partitions), Optional.of((short) 1), false, false);
      new TopicCreator(admin).create(TopicCatalogue.load().topics(), plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    addDefaults(partitions);
  }

  private void addDefaults(int partitions) {
    with(TokenmeterConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
    with(TokenmeterConfig.REGISTRY_URL, cluster.registryUrl());
    with(TokenmeterConfig.APPLICATION_ID, name);
    with(TokenmeterConfig.TOPIC_PREFIX, name + ".");
    with(TokenmeterConfig.THREADS, "1");
    with(TokenmeterConfig.COMMIT_INTERVAL_MS, "200");
    with(TokenmeterConfig.ROLLUP_PARTITIONS, Integer.toString(partitions));
    with(TokenmeterConfig.ROCKSDB_CACHE_BYTES, Long.toString(32L << 20));
    with(TokenmeterConfig.ROCKSDB_WRITE_BUFFER_BYTES, Long.toString(16L << 20));
    with(TokenmeterConfig.HTTP_LISTEN, "");
    with("consumer.session.timeout.ms", "6000");
    with("consumer.heartbeat.interval.ms", "1000");
  }

  /** Changes one setting of instances that are started from now on. */
  public Deployment with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Starts an instance in this JVM, with local state of its own, and waits until it runs. */
  public TokenmeterApplication start() throws InterruptedException {
    return start(directory.resolve("state-" + instances++));
  }

  /** As {@link #start()}, on the given local state. */
  public TokenmeterApplication start(Path state) throws InterruptedException {
    Map<String, String> own = settingsWith(state);
    TokenmeterApplication application = new TokenmeterApplication(new TokenmeterConfig(own));
    application.start();
    if (!application.awaitRunning(PATIENCE)) {
      application.close();
      throw new IllegalStateException("the application is still " + application.state());
    }
    return application;
  }

  /** Starts an instance in a JVM of its own, on {@link #stateDirectory}. */
  public ApplicationProcess spawn() {
    return ApplicationProcess.start(settingsWith(stateDirectory()), directory);
  }

  /** Local state of the instances that have a JVM of their own, one after the other. */
  public Path stateDirectory() {
    return directory.resolve("state");
  }

  /** The settings as an instance would read them. */
  public TokenmeterConfig config() {
    return new TokenmeterConfig(settingsWith(stateDirectory()));
  }

  private Map<String, String> settingsWith(Path state) {
    Map<String, String> own = new HashMap<>(settings);
    own.put(TokenmeterConfig.STATE_DIR, state.toString());
    return own;
  }

  /** The whole name of a catalogued topic. */
  public String topic(String catalogued) {
    return name + "." + catalogued;
  }

  /** The topic between the first and the second half of the application. */
  public String repartitionTopic() {
    return name + "-rollup-sums-repartition";
  }

  /** Identity of the application. */
  public String applicationId() {
    return name;
  }

  /** Where all this is. */
  public Cluster cluster() {
    return cluster;
  }

  /** A client for the life of this object. */
  public Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
    Directories.delete(directory);
  }
}
