package io.tokenmeter.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.ApplicationProcess;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.Progress;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that come and go while events flow, under both of Kafka's rebalance protocols. */
class RebalanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void instances_thatJoinLeaveAndDie_shareTheWorkExactly(String protocol) throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), "rebalance-" + protocol, 4);
        UsageProducer producer = new UsageProducer(deployment);
        Progress progress = new Progress(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      deployment.with("streams.group.protocol", protocol);
      TestPrices.initial().forEach(producer::publish);
      Feed feed = new Feed(new Workload(protocol, 13, producer), producer);
      Thread feeding = feed.sendOver(40_000, 12);

      TokenmeterApplication first = deployment.start();
      progress.awaitEvents(2000, PATIENCE);
      try (TokenmeterApplication second = deployment.start()) {
        awaitWork(second);
        first.close();
        try (ApplicationProcess third = deployment.spawn()) {
          feeding.join();
          progress.awaitEvents(38_000, PATIENCE);
          third.kill();
        }
        feed.send(1000);
        proof.await(PATIENCE);
        assertThat(second.isRunning()).isTrue();
      } finally {
        first.close();
      }
    }
  }

  private static void awaitWork(TokenmeterApplication application) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!application.metrics().matches("(?s).*\ntokenmeter_events_total [1-9].*")) {
      assertThat(System.nanoTime()).as("it gets no events").isLessThan(end);
      Thread.sleep(50);
    }
  }
}
