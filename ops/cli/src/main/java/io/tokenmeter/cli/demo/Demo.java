package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.ApplicationGroup;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.cli.cluster.ProcessingWait;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.cluster.UsageSender;
import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.schemas.Alert;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Traffic through the running application for a while, watched from its output. */
final class Demo {

  private static final String DUPLICATES = "tokenmeter_drop_duplicates_total";
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final Duration FAULTS_WITHIN = Duration.ofMinutes(1);
  private static final Duration UNPRICED_AT_MOST = Duration.ofSeconds(20);

  private final EmbeddedCluster embedded;
  private final Cluster cluster;
  private final LocalApplication application;
  private final DemoIntake intake;
  private final StopSignal stop;
  private final @Nullable Duration duration;

  /**
   * A demo in an environment where the bundled prices are published and the application runs.
   *
   * @param duration when it ends by itself; null: never
   */
  Demo(
      EmbeddedCluster embedded,
      LocalApplication application,
      DemoIntake intake,
      StopSignal stop,
      @Nullable Duration duration) {
    this.embedded = embedded;
    this.cluster = Cluster.of(embedded.settings());
    this.application = application;
    this.intake = intake;
    this.stop = stop;
    this.duration = duration;
  }

  /** Runs the traffic until the time is over or the user has seen enough. */
  DemoSummary run(int rate, long seed, DemoView view)
      throws ExecutionException, InterruptedException {
    try (OutputFeed feed = new OutputFeed(cluster);
        Traffic traffic =
            new Traffic(
                new UsageSender(cluster),
                new TrafficGenerator(seed),
                new DemoFaults(seed, duration == null ? FAULTS_WITHIN : duration),
                rate)) {
      long start = System.nanoTime();
      traffic.start();
      watch(feed, traffic, view, start);
      Duration lasted = since(start);
      traffic.stop();
      intake.close();
      awaitProcessed(endOfUsage(), feed, view, start);
      feed.readToEnd();
      return DemoSummary.read(
          cluster,
          application.counter(DUPLICATES),
          feed.rejected(),
          List.copyOf(feed.alerts().all()),
          lasted);
    }
  }

  /** Behind all usage, the user's own with it. */
  private Map<TopicPartition, Long> endOfUsage() {
    try (TopicReader reader = new TopicReader(cluster, cluster.topic("usage-events"))) {
      return reader.ends();
    }
  }

  private void watch(OutputFeed feed, Traffic traffic, DemoView view, long start)
      throws InterruptedException {
    boolean priced = false;
    long drawn = 0;
    while (!isOver(start)) {
      feed.poll();
      if (!priced && since(start).compareTo(pricedAfter()) > 0) {
        new PriceTopic(embedded.settings()).publish(List.of(missingPrice()));
        priced = true;
      }
      if (System.nanoTime() - drawn > REDRAW.toNanos()) {
        drawn = System.nanoTime();
        requireWorking(traffic);
        view.show(figures(feed, start, note(feed, priced, start)));
      }
    }
  }

  private boolean isOver(long start) {
    return stop.isRequested() || (duration != null && since(start).compareTo(duration) > 0);
  }

  /** Late enough to see events wait for a price, early enough to see them priced. */
  private Duration pricedAfter() {
    Duration third = duration == null ? UNPRICED_AT_MOST : duration.dividedBy(3);
    return third.compareTo(UNPRICED_AT_MOST) < 0 ? third : UNPRICED_AT_MOST;
  }

  /** What the company settles on for its own hardware, per token in trillionths of a dollar. */
  private static PriceRow missingPrice() {
    return PriceRow.of(Company.UNPRICED_PROVIDER, Company.UNPRICED_MODEL)
        .prices(
            List.of(UnitPrice.of("input_tokens", 80_000), UnitPrice.of("output_tokens", 240_000)))
        .source("demo")
        .build();
  }

  private String note(OutputFeed feed, boolean priced, long start) {
    String model = Company.UNPRICED_MODEL;
    long unpriced = feed.board().total().unpriced();
    if (!priced) {
      long seconds = Math.max(0, pricedAfter().minus(since(start)).toSeconds());
      return model + " has no price, its events are held; the price comes in " + seconds + " s.";
    }
    return unpriced > 0
        ? model + " has its price: held events are being priced."
        : model + " has its price: what was held is in every total now.";
  }

  private void awaitProcessed(
      Map<TopicPartition, Long> ends, OutputFeed feed, DemoView view, long start)
      throws ExecutionException, InterruptedException {
    try (Admin admin = cluster.admin()) {
      new ProcessingWait(cluster, new ApplicationGroup(admin, cluster.config()))
          .await(
              ends,
              left -> {
                application.requireAlive();
                feed.poll();
                view.show(figures(feed, start, "Finishing: " + left + " events left."));
              });
    }
  }

  private DemoFigures figures(OutputFeed feed, long start, String note) {
    SpendBoard board = feed.board();
    Map<String, List<Spend>> tables = new HashMap<>();
    SpendBoard.DIMENSIONS.forEach(dimension -> tables.put(dimension, board.byCost(dimension)));
    return new DemoFigures(
        since(start),
        duration,
        embedded.environment().bootstrapServers(),
        embedded.environment().registryUrl(),
        intake.environmentVariable(),
        board.total(),
        board.requestsPerSecond(System.nanoTime() / 1_000_000),
        application.counter(DUPLICATES),
        feed.rejected(),
        tables,
        latestFirst(feed),
        note);
  }

  private static List<Alert> latestFirst(OutputFeed feed) {
    return feed.alerts().all().stream()
        .sorted(Comparator.comparing(Alert::getUpdatedAt).reversed())
        .toList();
  }

  private void requireWorking(Traffic traffic) throws InterruptedException {
    application.requireAlive();
    Exception failure = traffic.failure();
    if (failure != null) {
      throw new CommandFailedException(
          "the embedded broker did not take an event: " + failure.getMessage(), failure);
    }
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
