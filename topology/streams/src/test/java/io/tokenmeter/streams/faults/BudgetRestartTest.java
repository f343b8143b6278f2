package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.budget.BudgetRecords;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.TopicTail;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.fixture.Usage;
import io.tokenmeter.streams.registry.Serdes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** A budget on a real broker, with restarts between its thresholds and a limit that is raised. */
class BudgetRestartTest {
  private static final long DOLLAR_OF_INPUT = 400_000;

  private final List<String> said = new ArrayList<>();
  private int events;

  @Test
  void thresholds_acrossRestarts_fireOnceInOrder_untilTheLimitIsRaised() throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), "budget", 2);
        UsageProducer producer = new UsageProducer(deployment);
        TopicTail alerts = new TopicTail(Cluster.shared(), deployment.topic("alerts"));
        Deserializer<Object> deserializer = new Serdes(deployment.config()).deserializer()) {
      deployment.with(TokenmeterConfig.ROLLUP_EMIT_INTERVAL_MS, "300");
      producer.publish(Usage.GPT_4O);
      spend(producer, 6); // before there is a budget
      try (TokenmeterApplication application = deployment.start()) {
        put(producer, "10");
        await(alerts, deserializer, "FIRING b 50%");
      }
      try (TokenmeterApplication application = deployment.start()) {
        spend(producer, 2);
        await(alerts, deserializer, "FIRING b 80%");
      }
      try (TokenmeterApplication application = deployment.start()) {
        spend(producer, 2);
        await(alerts, deserializer, "FIRING b 100%");

        put(producer, "100");
        await(alerts, deserializer, "RESOLVED b 50%", "RESOLVED b 80%", "RESOLVED b 100%");
        spend(producer, 30);
        spend(producer, 10);
        await(alerts, deserializer, "FIRING b 50%");
      }
    }
    // Were anything said twice or too much, it would have come before the last one.
    assertThat(said).hasSize(7);
  }

  private void spend(UsageProducer producer, int dollars) {
    for (int i = 0; i < dollars; i++) {
      UsageEvent event =
          Usage.request("e" + events++)
              .setOccurredAt(Instant.now())
              .setTeam("helpdesk")
              .setInputTokens(DOLLAR_OF_INPUT / 10)
              .setOutputTokens(DOLLAR_OF_INPUT * 9 / 40)
              .build();
      producer.send(event);
    }
    producer.flush();
  }

  private void put(UsageProducer producer, String limit) {
    Budget budget =
        new Budget(
            "b",
            new Subject("team", "helpdesk"),
            BudgetPeriod.MONTH,
            Money.parse(limit),
            ZoneOffset.UTC,
            Budget.THRESHOLDS,
            null);
    producer.put("budgets", BudgetRecords.key(budget), BudgetRecords.toRecord(budget));
  }

  /** Waits for exactly these alerts of the budget, in this order, and no others before them. */
  private void await(TopicTail alerts, Deserializer<Object> deserializer, String... expected)
      throws InterruptedException {
    List<String> read = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (read.size() < expected.length && System.nanoTime() < end) {
      alerts.readOn(
          record -> {
            Alert alert = (Alert) deserializer.deserialize("", record.value());
            if (alert.getDetector().equals("budget")) {
              read.add(alert.getState() + " " + alert.getCause());
            }
          });
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(read).containsExactly(expected);
    said.addAll(read);
  }
}
