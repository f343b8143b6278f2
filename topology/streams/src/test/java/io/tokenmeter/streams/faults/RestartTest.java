package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.Directories;
import io.tokenmeter.streams.cluster.Progress;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Things that stop and come back, with less than they had or with all of it. */
class RestartTest {
  @TempDir Path directory;

  @Test
  void application_withoutItsLocalState_goesOnFromTheChangelogs() throws Exception {
    Path state = directory.resolve("state");
    try (Deployment deployment = new Deployment(Cluster.shared(), "lost-state", 2);
        UsageProducer producer = new UsageProducer(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.ofHoursMinutes(5, 30))) {
      deployment.with("rollup.time.zone", "Asia/Kolkata");
      proof.withModelsPricedLate("nova-1");
      TestPrices.initial().forEach(producer::publish);
      Feed feed = new Feed(new Workload("state", 7, producer), producer);
      feed.send(3000);
      try (TokenmeterApplication application = deployment.start(state)) {
        proof.await(PATIENCE);
        assertThat(application.isRunning()).isTrue();
      }
      assertThat(state).isNotEmptyDirectory();
      Directories.delete(state);
      // Many of what comes now came before, and what is held since then is priced.
      feed.send(3000);
      producer.publish(TestPrices.late("nova-1"));
      try (TokenmeterApplication application = deployment.start(state)) {
        proof.await(PATIENCE);
        assertThat(application.isRunning()).isTrue();
      }
      assertThat(proof.repriced()).isGreaterThan(200);
    }
  }

  @Test
  void application_whenTheBrokerRestarts_goesOn() throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), "broker-restart", 2);
        UsageProducer producer = new UsageProducer(deployment);
        Progress progress = new Progress(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      TestPrices.initial().forEach(producer::publish);
      Feed feed = new Feed(new Workload("broker", 11, producer), producer);
      feed.send(1000);
      try (TokenmeterApplication application = deployment.start()) {
        Thread feeding = feed.sendOver(20_000, 4);
        progress.awaitEvents(3000, PATIENCE);
        Cluster.sharedEnvironment().broker().restart();
        feeding.join();
        proof.await(PATIENCE);
        assertThat(application.isRunning()).isTrue();
      }
    }
  }
}
