package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.ApplicationProcess;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.Progress;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that come and go while events flow, under both of Kafka's rebalance protocols. */
class RebalanceTest {
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
        // It may still be taking over what the killed one had.
        assertThat(second.awaitRunning(PATIENCE)).isTrue();
      } finally {
        first.close();
      }
    }
  }

  @Test
  void tasks_thatTurnIntoStandbysAndBack_keepWhatTheyHave() throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), "standbys", 4);
        UsageProducer producer = new UsageProducer(deployment);
        Progress progress = new Progress(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      deployment.with("streams.num.standby.replicas", "1");
      // Nobody waits for a standby to catch up.
      deployment.with("streams.acceptable.recovery.lag", "1000000000");
      // What runs add when an instance stops would be read by the next one only.
      deployment.with("runs.enabled", "false");
      // Sums are pending whenever a task moves, and are written out when an instance stops.
      deployment.with("rollup.emit.interval.ms", "600000");
      TestPrices.initial().forEach(producer::publish);
      Feed feed = new Feed(new Workload("standbys", 19, producer), producer);
      try (TokenmeterApplication first = deployment.start()) {
        for (int i = 0; i < 2; i++) {
          work(feed, progress);
          try (ApplicationProcess second = deployment.spawn()) {
            awaitTwoAtWork(deployment);
            work(feed, progress);
          }
          // Killed; the first has all tasks again once this is done.
          work(feed, progress);
        }
        assertThat(first.isRunning()).isTrue();
      }
      proof.await(PATIENCE);
      // What the changelogs hold must be what the tasks had: all of this came before.
      new Feed(new Workload("standbys", 19, producer), producer).send((int) progress.events());
      deployment.with("rollup.emit.interval.ms", "200");
      try (TokenmeterApplication third = deployment.start()) {
        proof.await(PATIENCE);
        assertThat(third.isRunning()).isTrue();
      }
    }
  }

  /** Sends events so that several commits are needed. */
  private static void work(Feed feed, Progress progress) throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      long before = progress.events();
      feed.send(400);
      progress.awaitEvents(before + 400, PATIENCE);
    }
  }

  private static void awaitTwoAtWork(Deployment deployment) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (membersWithTasks(deployment) < 2) {
      assertThat(System.nanoTime()).as("the second gets no tasks").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static long membersWithTasks(Deployment deployment) throws Exception {
    String group = deployment.applicationId();
    return deployment
        .admin()
        .describeConsumerGroups(List.of(group))
        .all()
        .get()
        .get(group)
        .members()
        .stream()
        .filter(member -> !member.assignment().topicPartitions().isEmpty())
        .count();
  }

  private static void awaitWork(TokenmeterApplication application) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!application.metrics().matches("(?s).*\ntokenmeter_events_total [1-9].*")) {
      assertThat(System.nanoTime()).as("it gets no events").isLessThan(end);
      Thread.sleep(50);
    }
  }
}
