package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.cluster.ApplicationProcess;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.Progress;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The application is killed twice in the middle of 200,000 events, and everything it has written is
 * worked out again from the committed input.
 *
 * <p>Among them are resent, late, out-of-order, poison and unpriced records, and an aborted
 * transaction; prices arrive while it runs and while it is dead.
 */
class CrashTest {
  /** Fewer than by default for a machine that has other things to do. */
  private static final int EVENTS = Integer.getInteger("tokenmeter.test.events", 200_000);

  @Test
  void application_killedTwiceInTheMiddle_losesNothingAndCountsNothingTwice() throws Exception {
    long seed = Long.getLong("tokenmeter.test.seed", System.nanoTime());
    try {
      crashTwice(seed);
    } catch (AssertionError | Exception e) {
      throw new AssertionError("with -Dtokenmeter.test.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  private static void crashTwice(long seed) throws Exception {
    Random random = new Random(seed);
    try (Deployment deployment =
            new Deployment(Cluster.shared(), "crash", 4)
                .with("threads", "2")
                .with("runs.retention.ms", Long.toString(Duration.ofDays(40).toMillis()));
        UsageProducer producer = new UsageProducer(deployment);
        Progress progress = new Progress(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      TestPrices.initial().forEach(producer::publish);
      Feed feed = new Feed(new Workload("crash", seed, producer), producer);
      feed.send(EVENTS / 5);
      feed.sendAndAbort(500);
      Thread feeding = feed.sendOver(EVENTS - EVENTS / 5, 10);

      killAt(progress, between(random, 0.10, 0.35), deployment.spawn(), random);
      producer.publish(TestPrices.late("nova-1"));
      killAt(progress, between(random, 0.45, 0.80), deployment.spawn(), random);
      producer.publish(TestPrices.late("nova-1-mini"));
      try (ApplicationProcess last = deployment.spawn()) {
        feeding.join();
        try {
          proof.withRuns().withModelsPricedLate("nova-1", "nova-1-mini").await(PATIENCE);
        } catch (AssertionError e) {
          throw new AssertionError(e.getMessage() + "\nIts log: " + last.logTail(), e);
        }
        last.stop();
      }
      assertThat(proof.duplicates()).isGreaterThan(EVENTS / 25);
      assertThat(proof.rejects()).isGreaterThan(EVENTS / 60);
      assertThat(proof.repriced()).isGreaterThan(0);
      assertThat(proof.runs()).isGreaterThan(EVENTS / 20);
    }
  }

  private static long between(Random random, double from, double to) {
    return (long) (EVENTS * (from + (to - from) * random.nextDouble()));
  }

  /** Kills the application some time after it has committed so many records. */
  private static void killAt(
      Progress progress, long records, ApplicationProcess application, Random random)
      throws InterruptedException {
    try (application) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (progress.events() < records) {
        assertThat(System.nanoTime()).as(application::logTail).isLessThan(end);
        assertThat(application.isAlive()).as(application::logTail).isTrue();
        Thread.sleep(10);
      }
      Thread.sleep(random.nextInt(200));
    }
    assertThat(progress.events()).as("committed when killed").isLessThan(EVENTS);
  }
}
