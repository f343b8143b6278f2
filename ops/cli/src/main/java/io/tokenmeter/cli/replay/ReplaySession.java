package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.ApplicationGroup;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.cli.cluster.RequiredTopics;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.embedded.EnvironmentOptions;
import io.tokenmeter.streams.TokenmeterConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with its prices published and an application at work: an embedded environment, or a
 * named cluster, where the application is the one that runs already, or else one in this process.
 */
final class ReplaySession implements AutoCloseable {

  private static final long LOOK_EVERY_NANOS = 3_000_000_000L;

  private final Cluster cluster;
  private final @Nullable EmbeddedCluster embedded;
  private final Map<String, String> settings;
  private final StopSignal stop;
  private @Nullable LocalApplication local;
  private long lookedNanos = System.nanoTime();

  private ReplaySession(
      Map<String, String> settings,
      Cluster cluster,
      @Nullable EmbeddedCluster embedded,
      @Nullable LocalApplication local,
      StopSignal stop) {
    this.settings = settings;
    this.cluster = cluster;
    this.embedded = embedded;
    this.local = local;
    this.stop = stop;
  }

  /** Starts everything in this process. */
  static ReplaySession embedded(List<PriceRow> prices, StopSignal stop, ProgressLine progress)
      throws ExecutionException, InterruptedException {
    progress.show("starting Kafka and the schema registry");
    EmbeddedCluster embedded = EmbeddedCluster.start(EnvironmentOptions.defaults());
    try {
      stop.requireNone("while the embedded environment started");
      Cluster cluster = Cluster.of(embedded.settings());
      publish(embedded.settings(), prices);
      progress.show("starting the application");
      LocalApplication local =
          embedded.environment().closeFirst(LocalApplication.start(embedded.settings(), stop));
      return new ReplaySession(embedded.settings(), cluster, embedded, local, stop);
    } catch (InterruptedException | RuntimeException e) {
      embedded.close();
      throw e;
    } finally {
      progress.clear();
    }
  }

  /**
   * Uses a cluster that is there.
   *
   * @param options the cluster's options as the user gave them
   */
  static ReplaySession onCluster(
      Map<String, String> settings,
      String options,
      List<PriceRow> prices,
      StopSignal stop,
      ProgressLine progress)
      throws ExecutionException, InterruptedException {
    Cluster cluster = Cluster.of(settings);
    try (Admin admin = cluster.admin()) {
      RequiredTopics.require(
          admin, cluster.config().getString(TokenmeterConfig.TOPIC_PREFIX), options);
      publish(settings, prices);
      boolean running = new ApplicationGroup(admin, cluster.config()).hasMembers();
      progress.show(running ? "using the running application" : "starting the application");
      LocalApplication local = running ? null : LocalApplication.start(settings, stop);
      return new ReplaySession(settings, cluster, null, local, stop);
    } finally {
      progress.clear();
    }
  }

  private static void publish(Map<String, String> settings, List<PriceRow> prices) {
    if (!prices.isEmpty()) {
      new PriceTopic(settings).publish(prices);
    }
  }

  Cluster cluster() {
    return cluster;
  }

  boolean isEmbedded() {
    return embedded != null;
  }

  /** What becomes of events that were sent, if the replay ends before it is done. */
  String leftBehind() {
    return isEmbedded()
        ? "they are gone with the embedded environment"
        : "the same command sends them again and doubles nothing";
  }

  /** The price table as it is now. */
  PriceBook prices() {
    return PriceBook.of(new PriceTopic(settings).read().rows());
  }

  /**
   * Makes sure that the events are being processed: runs the application here if the one that ran
   * elsewhere has stopped. One that was killed counts as running until its session times out.
   *
   * @throws io.tokenmeter.cli.CommandFailedException if the application fails in this process
   */
  void keepProcessing(long left) throws ExecutionException, InterruptedException {
    if (local != null) {
      local.requireAlive();
    } else if (System.nanoTime() - lookedNanos > LOOK_EVERY_NANOS) {
      lookedNanos = System.nanoTime();
      try (Admin admin = cluster.admin()) {
        if (!new ApplicationGroup(admin, cluster.config()).hasMembers()) {
          local = LocalApplication.start(settings, stop);
        }
      }
    }
  }

  @Override
  public void close() {
    if (local != null) {
      local.close();
    }
    if (embedded != null) {
      embedded.close();
    }
  }
}
