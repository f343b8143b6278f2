package io.tokenmeter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.connect.rest.ConnectCluster;
import io.tokenmeter.embedded.BrokerOptions;
import io.tokenmeter.embedded.ConnectWorkerOptions;
import io.tokenmeter.embedded.EmbeddedConnectWorker;
import io.tokenmeter.embedded.EmbeddedEnvironment;
import io.tokenmeter.embedded.EnvironmentOptions;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.Severity;
import io.tokenmeter.webhook.FakeReceiver.Behaviour;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink in a real Connect worker that is killed, with a receiver that fails and disappears. */
class AlertWebhookWorkerTest {
  private static final int ALERTS = 40;

  @TempDir Path directory;

  @Test
  void workerKilledThreeTimes_receiverFailingAndGone_eachAlertArrivesInOrder_andKeysShowNoDoubles()
      throws Exception {
    try (FakeReceiver receiver = new FakeReceiver();
        EmbeddedEnvironment kafka = environment();
        EmbeddedConnectWorker worker = worker(kafka, receiver);
        RegistryTopic topic =
            new RegistryTopic(kafka.bootstrapServers(), kafka.confluentRegistryUrl())) {
      install(worker);
      Random random = new Random(7);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < ALERTS; i++) {
        receiver.next(Behaviour.status(random.nextInt(3) == 0 ? 503 : 202));
        topic.send(alert("alert-" + i / 2, i % 2 == 0));
        expected.add("alert-" + i / 2 + (i % 2 == 0 ? "#FIRING" : "#RESOLVED"));
        if (i % 10 == 4) {
          receiver.disappear();
        } else if (i % 10 == 6) {
          receiver.start();
        } else if (i == 12 || i == 22 || i == 32) {
          await(receiver, expected.subList(0, i / 2));
          worker.kill();
          worker.startAgain();
        }
      }

      await(receiver, expected);
      assertThat(new LinkedHashSet<>(receiver.keys())).containsExactlyElementsOf(expected);
      assertThat(
              new ObjectMapper()
                  .readTree(receiver.taken().get(0).body())
                  .path("expected_usd")
                  .asText())
          .isEqualTo("120.250000000001");
      assertThat(receiver.taken()).allMatch(taken -> taken.signature() != null);
      assertThat(worker.logTail()).doesNotContain("SECRETPATH").doesNotContain("S3CRET");
    }
  }

  private static EmbeddedEnvironment environment() throws Exception {
    EmbeddedEnvironment kafka =
        EmbeddedEnvironment.start(
            EnvironmentOptions.defaults()
                .withBroker(
                    BrokerOptions.defaults().withSetting("group.min.session.timeout.ms", "1000")));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(Alerts.TOPIC, 1, (short) 1))).all().get();
    }
    return kafka;
  }

  private EmbeddedConnectWorker worker(EmbeddedEnvironment kafka, FakeReceiver receiver)
      throws Exception {
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    // As classes: the jar is made after the tests.
    link(plugins, "alert-webhook", Path.of("target", "classes"));
    link(
        plugins,
        "connect-avro",
        Path.of("..", "connect-avro", "target", "plugin", "tokenmeter-connect-avro"));
    return EmbeddedConnectWorker.start(
        ConnectWorkerOptions.of(
                kafka.bootstrapServers(),
                Path.of("..", "connect-worker", "target", "libraries"),
                plugins)
            .withEnvironment("TOKENMETER_REGISTRY_URL", kafka.confluentRegistryUrl())
            .withEnvironment("TOKENMETER_WEBHOOK_URL", receiver.url())
            .withEnvironment("TOKENMETER_WEBHOOK_SECRET", "S3CRET"));
  }

  private static void link(Path plugins, String name, Path target) throws Exception {
    assertThat(target).as("build it with: mvn package -DskipTests").isDirectory();
    Files.createSymbolicLink(plugins.resolve(name), target.toRealPath());
  }

  /** As documented, but with one broker, from the beginning, and with less patience. */
  private static void install(EmbeddedConnectWorker worker) throws Exception {
    ConnectorFile file = ConnectorFile.read("generic");
    Map<String, String> config = new HashMap<>(file.config());
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("webhook.rate.limit.per.minute", "6000");
    config.put("webhook.retry.backoff.ms", "50");
    config.put("webhook.retry.backoff.max.ms", "500");
    ConnectCluster connect = new ConnectCluster(worker.url());
    connect.install(file.name(), config);
  }

  private static Alert alert(String id, boolean firing) {
    return Alert.newBuilder()
        .setAlertId(id)
        .setState(firing ? AlertState.FIRING : AlertState.RESOLVED)
        .setDetector("anomaly")
        .setSeverity(Severity.CRITICAL)
        .setDimension("api_key")
        .setKey("key-research")
        .setSince(Instant.parse("2026-03-02T09:30:00.250001Z"))
        .setUpdatedAt(Instant.parse("2026-03-02T09:30:41Z"))
        .setObservedUsd(new BigDecimal("1234.500000000000"))
        .setExpectedUsd(new BigDecimal("120.250000000001"))
        .setSentence("Spend of api_key key-research is 10 times its usual.")
        .build();
  }

  private static void await(FakeReceiver receiver, List<String> keys) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (!receiver.keys().containsAll(keys)) {
      assertThat(System.nanoTime()).as("delivered: " + receiver.keys()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
