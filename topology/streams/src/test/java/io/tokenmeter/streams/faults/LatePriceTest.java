package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.ApplicationProcess;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Prices that come after the events they belong to. */
class LatePriceTest {
  @Test
  void price_publishedAfterItsEvents_correctsEverythingOnce() throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), "late-price", 2);
        UsageProducer producer = new UsageProducer(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      proof.withModelsPricedLate(
          "nova-1",
          "nova-1-mini",
          "gpt-4o",
          "gpt-4o-mini",
          "claude-sonnet-4-6",
          "claude-haiku-4-5-20251001",
          "gemini-2.5-pro",
          "embed-1");
      Feed feed = new Feed(new Workload("late", 17, producer), producer);
      feed.send(2000);
      try (ApplicationProcess application = deployment.spawn()) {
        // All of it is unpriced, and the roll-ups say so.
        proof.await(PATIENCE);
        assertThat(application.isAlive()).isTrue();
        feed.send(500);
        producer.publish(TestPrices.late("nova-1"));
      }
      // Killed with its events held, some of them perhaps just being priced.
      try (TokenmeterApplication application = deployment.start(deployment.stateDirectory())) {
        proof.await(PATIENCE);
        long repriced = proof.repriced();
        assertThat(repriced).isGreaterThan(100);
        TestPrices.initial().forEach(producer::publish);
        producer.publish(TestPrices.late("nova-1-mini"));
        proof.await(PATIENCE);
        assertThat(proof.repriced()).isGreaterThan(5 * repriced);
        assertThat(application.isRunning()).isTrue();
      }
    }
  }
}
