package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.ApplicationGroup;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.cli.cluster.ProcessingWait;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.cluster.UsageSender;
import io.tokenmeter.cli.terminal.Figures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** A week of traffic, and then an hour of it in a minute, through the running application. */
final class Demo implements AutoCloseable {

  private final EmbeddedCluster embedded;
  private final Cluster cluster;
  private final LocalApplication application;
  private final DemoPlan plan;
  private final Timeline timeline;
  private final UsageSender sender;
  private final TrafficGenerator generator;

  /** A demo in an environment where the bundled prices are published and the application runs. */
  Demo(EmbeddedCluster embedded, LocalApplication application, DemoPlan plan) {
    this.embedded = embedded;
    this.cluster = Cluster.of(embedded.settings());
    this.application = application;
    this.plan = plan;
    timeline = Timeline.of(DemoClock.beginning(Instant.now(), plan.fastFor()));
    sender = new UsageSender(cluster);
    generator = new TrafficGenerator(plan.seed(), timeline, plan.size());
  }

  /**
   * Sends the week before, and waits until it is metered.
   *
   * @throws io.tokenmeter.cli.InterruptedCommandException if the user does not want to wait
   */
  void prepare(StopSignal stop, Consumer<String> progress)
      throws ExecutionException, InterruptedException {
    Consumer<String> told =
        text -> {
          stop.requireNone("before the demo began");
          progress.accept(text);
        };
    long events =
        new History(generator, timeline)
            .send(sender, sent -> told.accept("sending last week: " + Figures.count(sent)));
    awaitProcessed(
        left ->
            told.accept(
                "metering last week: %s of %s events"
                    .formatted(Figures.count(events - left), Figures.count(events))));
    DemoGuards.publish(embedded.settings(), timeline.live(), plan.size());
  }

  /** Runs the traffic until the time is over or the user has seen enough. */
  DemoSummary run(StopSignal stop, DemoView view) throws ExecutionException, InterruptedException {
    DemoClock clock = new DemoClock(timeline.live(), plan.catchesUp() ? plan.fastFor() : null);
    try (OutputFeed feed = new OutputFeed(cluster, timeline.live());
        DemoWatch watch = new DemoWatch(embedded, application, plan, timeline, clock, feed, view);
        Traffic traffic = traffic(clock)) {
      traffic.start();
      watch.untilOver(traffic, stop);
      DemoSummary.Ended ended =
          new DemoSummary.Ended(clock.elapsed(), clock.now(), plan.configFile());
      traffic.stop();
      watch.close();
      awaitProcessed(watch::finishing);
      feed.readToEnd();
      return DemoSummary.read(
          cluster,
          timeline.live(),
          watch.duplicates(),
          feed.rejected(),
          List.copyOf(feed.alerts().all()),
          ended);
    }
  }

  private Traffic traffic(DemoClock clock) {
    return new Traffic(
        sender,
        generator,
        new DemoFaults(plan.seed(), timeline, plan.size()),
        new Mishaps(new Random(plan.seed() + 1)),
        clock);
  }

  /** Waits for all usage there is, the user's own with it. */
  private void awaitProcessed(ProcessingWait.Listener listener)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends;
    try (TopicReader reader = new TopicReader(cluster, cluster.topic("usage-events"))) {
      ends = reader.ends();
    }
    try (Admin admin = cluster.admin()) {
      new ProcessingWait(cluster, new ApplicationGroup(admin, cluster.config()))
          .await(
              ends,
              left -> {
                application.requireAlive();
                listener.waiting(left);
              });
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
