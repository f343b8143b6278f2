package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.ApplicationGroup;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.ProcessingWait;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.cluster.UsageSender;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.usagefiles.UsageFileReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Sends a file through a running application and finds out what became of it. */
final class Replay {

  /** How long the application may take to cost one more event again. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final StopSignal stop;
  private final String leftBehind;
  private final ReplayProgress progress;

  /**
   * A replay.
   *
   * @param leftBehind what becomes of the events that were sent, if it is stopped
   */
  Replay(Cluster cluster, StopSignal stop, String leftBehind, ReplayProgress progress) {
    this.cluster = cluster;
    this.stop = stop;
    this.leftBehind = leftBehind;
    this.progress = progress;
  }

  /**
   * Sends the file, waits until it is processed and reads the results.
   *
   * @param pace how fast to send
   * @param application makes sure that the application runs
   * @param prices reads the price table
   */
  ReplaySummary run(
      UsageFileReader file,
      Pace pace,
      ProcessingWait.Listener application,
      Supplier<PriceBook> prices)
      throws IOException, ExecutionException, InterruptedException {
    Map<TopicPartition, Long> costedBefore = ends("costed-usage");
    Map<TopicPartition, Long> rejectedBefore = ends("rejected-events");
    long start = System.nanoTime();
    SentFile sent = send(file, pace);
    try (Admin admin = cluster.admin();
        ReplayResults results = new ReplayResults(cluster, sent, costedBefore, prices)) {
      ProcessingWait processing =
          new ProcessingWait(cluster, new ApplicationGroup(admin, cluster.config()));
      ProcessingWait.Listener listener =
          left -> {
            requireNotStopped(sent);
            application.waiting(left);
            progress.processing(sent.events() - left, sent.events());
          };
      processing.await(sent.ends(), listener);
      results.readCosted();
      if (results.awaitingPrice() > 0) {
        awaitPrices(results, sent, application);
        processing.awaitRollups(listener);
      }
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      long rejected = results.readRejected(rejectedBefore, progress::rejected);
      requireNothingLost(sent, results, rejected);
      return new ReplaySummary(
          sent.lines(),
          sent.events() - rejected - results.newlyCosted(),
          sent.unreadableLines() + rejected,
          results.totals(),
          results.readRollups(),
          duration);
    } finally {
      progress.done();
    }
  }

  /**
   * Waits until the application has read the prices of all events that have one. It may have taken
   * them in before: the price table and usage are read side by side.
   */
  private void awaitPrices(
      ReplayResults results, SentFile sent, ProcessingWait.Listener application)
      throws ExecutionException, InterruptedException {
    long quietSince = System.nanoTime();
    for (long left = results.awaitingPrice(); left > 0; ) {
      if (System.nanoTime() - quietSince > PATIENCE.toNanos()) {
        progress.notPriced(left);
        return;
      }
      requireNotStopped(sent);
      application.waiting(0);
      progress.awaitingPrices(left);
      results.readOn(POLL);
      if (results.awaitingPrice() < left) {
        quietSince = System.nanoTime();
      }
      left = results.awaitingPrice();
    }
  }

  private SentFile send(UsageFileReader file, Pace pace) throws IOException, InterruptedException {
    try (UsageSender sender = new UsageSender(cluster)) {
      return new FileSender(sender, pace, stop, this::requireNotStopped)
          .send(file, progress::unreadable, progress::sent);
    }
  }

  private void requireNotStopped(SentFile sent) {
    stop.requireNone("after " + Figures.count(sent.events()) + " events were sent; " + leftBehind);
  }

  /** Every event must have come out somewhere. */
  private static void requireNothingLost(SentFile sent, ReplayResults results, long rejected) {
    long lost = sent.distinct() - results.totals().all().events() - rejected;
    if (lost > 0) {
      throw new CommandFailedException(
          lost
              + " events were processed, but are neither in costed-usage nor in rejected-events;"
              + " if they were sent before, costed-usage no longer has what they cost then");
    }
  }

  private Map<TopicPartition, Long> ends(String topic) {
    try (TopicReader reader = new TopicReader(cluster, cluster.topic(topic))) {
      return reader.ends();
    }
  }
}
