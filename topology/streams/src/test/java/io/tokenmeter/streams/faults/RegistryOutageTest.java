package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.embedded.EmbeddedRegistry;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.Progress;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.time.Duration;
import java.time.ZoneOffset;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** A registry that is away, or does not answer, when it is needed. */
class RegistryOutageTest {
  private final EmbeddedRegistry registry = Cluster.sharedEnvironment().registry();

  @Test
  void events_ofAnUnseenSchema_waitForARegistryThatIsDown() throws Exception {
    outage("registry-down", Duration.ofSeconds(4), registry::stop, registry::startAgain);
  }

  @Test
  void events_ofAnUnseenSchema_waitForARegistryThatHangs() throws Exception {
    // Longer than a single question to the registry may take.
    outage("registry-hangs", Duration.ofSeconds(11), registry::suspend, registry::resume);
  }

  private static void outage(String name, Duration length, Runnable begin, Runnable end)
      throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), name, 2);
        UsageProducer producer = new UsageProducer(deployment);
        Progress progress = new Progress(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      proof.withModelsPricedLate("nova-1");
      TestPrices.initial().forEach(producer::publish);
      Workload workload = new Workload(name, 29, producer);
      for (int i = 0; i < 300; i++) {
        producer.send(workload.nextEvent());
      }
      Schema unseen = OlderSchemas.reversed();
      int unseenId = producer.register(unseen);
      try (TokenmeterApplication application = deployment.start()) {
        progress.awaitDone(PATIENCE);
        begin.run();
        try {
          // The first record that is rejected at all, and a schema that was never read before.
          producer.send("poison", new byte[] {1, 2, 3});
          for (int i = 0; i < 300; i++) {
            UsageEvent event = workload.nextEvent();
            producer.send(
                UsageProducer.key(event),
                UsageProducer.encode(OlderSchemas.convert(event, unseen), unseenId));
          }
          producer.publish(TestPrices.late("nova-1"));
          producer.flush();
          Thread.sleep(length.toMillis());
        } finally {
          end.run();
        }
        for (int i = 0; i < 300; i++) {
          producer.send(workload.nextEvent());
        }
        proof.await(PATIENCE);
        assertThat(application.isRunning()).isTrue();
        assertThat(proof.rejects()).isEqualTo(1);
      }
    }
  }
}
