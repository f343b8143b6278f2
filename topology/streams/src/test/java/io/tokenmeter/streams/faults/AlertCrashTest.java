package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.cluster.ApplicationProcess;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.RegistryClient;
import io.tokenmeter.streams.cluster.TopicTail;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * The application is killed while alerts fire and again while they are resolved, and each incident
 * has one record that says it fires and one that says it is over, as read-committed readers see it.
 */
class AlertCrashTest {
  private static final int INCIDENTS = 60;

  @Test
  void alerts_ofAnApplicationThatIsKilledTwice_areWrittenOnce() throws Exception {
    try (Deployment deployment =
            new Deployment(Cluster.shared(), "alert-crash", 4)
                .with("threads", "2")
                .with("rollup.emit.interval.ms", "400");
        UsageProducer producer = new UsageProducer(deployment);
        Alerts alerts = new Alerts(deployment)) {
      TestPrices.initial().forEach(producer::publish);
      Thread feeding = sendInTheBackground(producer);
      try (ApplicationProcess first = deployment.spawn()) {
        alerts.await(first, AlertState.FIRING, INCIDENTS / 3);
      }
      try (ApplicationProcess second = deployment.spawn()) {
        feeding.join();
        // A model whose price comes before its roll-up is written out was never unpriced.
        alerts.awaitUnpriced(second, INCIDENTS);
        publishPrices(producer);
        alerts.await(second, AlertState.RESOLVED, INCIDENTS / 4);
      }
      try (ApplicationProcess third = deployment.spawn()) {
        alerts.await(third, AlertState.RESOLVED, INCIDENTS);
        alerts.await(third, AlertState.FIRING, 2 * INCIDENTS);
        third.stop();
      }
      assertThat(alerts.ids(AlertState.FIRING)).containsExactlyInAnyOrderElementsOf(expected(true));
      assertThat(alerts.ids(AlertState.RESOLVED))
          .containsExactlyInAnyOrderElementsOf(expected(false));
    }
  }

  /** One model without a price after the other, and a dear request of one key after the other. */
  private static Thread sendInTheBackground(UsageProducer producer) {
    Thread feeding =
        new Thread(
            () -> {
              for (int i = 0; i < INCIDENTS; i++) {
                for (int copy = 0; copy < 40; copy++) {
                  producer.send(
                      event("m-" + i + "-" + copy).setProvider("lab").setModel(model(i)).build());
                }
                for (int copy = 0; copy < 3; copy++) {
                  producer.send(
                      event("k-" + i + "-" + copy)
                          .setApiKeyId("key-" + i)
                          .setInputTokens(400_000L)
                          .build());
                }
                producer.flush();
                sleep();
              }
            },
            "feed");
    feeding.start();
    return feeding;
  }

  private static UsageEvent.Builder event(String id) {
    return UsageEvent.newBuilder()
        .setEventId(id)
        .setOccurredAt(Workload.START)
        .setProvider("openai")
        .setModel("gpt-4o")
        .setInputTokens(100L)
        .setOutputTokens(10L);
  }

  private static String model(int incident) {
    return "house-" + incident;
  }

  private static void publishPrices(UsageProducer producer) {
    for (int i = 0; i < INCIDENTS; i++) {
      producer.publish(TestPrices.late(model(i)));
    }
  }

  private static List<String> expected(boolean spikes) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < INCIDENTS; i++) {
      ids.add("unpriced-model/unpriced/model/" + model(i) + "/" + Workload.START);
      if (spikes) {
        ids.add("request-spike/cost/api_key/key-" + i + "/" + Workload.START);
      }
    }
    return ids;
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All alerts that are committed. */
  private static final class Alerts implements AutoCloseable {
    private final TopicTail tail;
    private final Records<Alert> records;
    private final List<Alert> all = new ArrayList<>();

    Alerts(Deployment deployment) {
      tail = new TopicTail(deployment.cluster(), deployment.topic("alerts"));
      records =
          new Records<>(
              new RegistryClient(deployment.cluster().confluentRegistryUrl()),
              Alert.getClassSchema());
    }

    List<String> ids(AlertState state) {
      tail.readOn(record -> all.add(decode(record.value())));
      return all.stream()
          .filter(alert -> alert.getState() == state)
          .map(alert -> alert.getAlertId().toString())
          .toList();
    }

    void await(ApplicationProcess application, AlertState state, int count)
        throws InterruptedException {
      await(application, () -> ids(state).size(), count, "alerts " + state);
    }

    void awaitUnpriced(ApplicationProcess application, int count) throws InterruptedException {
      await(
          application,
          () -> ids(AlertState.FIRING).stream().filter(id -> id.startsWith("unpriced")).count(),
          count,
          "models told to be unpriced");
    }

    private static void await(
        ApplicationProcess application, LongSupplier seen, int count, String what)
        throws InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (seen.getAsLong() < count) {
        assertThat(application.isAlive()).as(application::logTail).isTrue();
        assertThat(System.nanoTime())
            .as(() -> seen.getAsLong() + " of " + count + " " + what + ". " + application.logTail())
            .isLessThan(end);
        Thread.sleep(20);
      }
    }

    private Alert decode(byte[] value) {
      try {
        return records.decode(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      tail.close();
    }
  }
}
