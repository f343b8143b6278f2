package io.tokenmeter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.webhook.FakeReceiver.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task against a real server that fails in every way. */
class AlertWebhookSinkTaskTest {
  private final FakeReceiver receiver = new FakeReceiver();

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  @Test
  void alerts_arePostedInOrder_andCommitted() {
    TaskHarness connect = harness(Map.of("webhook.hmac.secret", "s3cret"));

    connect.put(Alerts.records(Alerts.firing("a"), Alerts.resolved("a"), Alerts.firing("b")));

    assertThat(receiver.keys()).containsExactly("a#FIRING", "a#RESOLVED", "b#FIRING");
    assertThat(receiver.taken())
        .allMatch(taken -> taken.signature().startsWith("t=1772443850,v1="));
    assertThat(connect.committed()).isEqualTo(3);
  }

  @Test
  void receiverThatAnswers500And429AndCutsOffAndIsSlow_getsEachAlertInTheEnd_inOrder() {
    receiver.next(
        Behaviour.status(500),
        new Behaviour(429, "slow down", "7", 0, false),
        new Behaviour(502, "", null, 0, true),
        new Behaviour(503, "late", null, 400, false));
    TaskHarness connect = harness(Map.of("webhook.timeout.ms", "200"));

    connect.put(Alerts.records(Alerts.firing("a"), Alerts.resolved("a")));
    assertThat(connect.waits()).isBetween(500L, 1001L);
    assertThat(connect.committed()).isZero();
    connect.comeBack(1);
    assertThat(connect.waits()).isBetween(7000L, 7001L); // as the receiver asked
    connect.comeBack(10);

    assertThat(receiver.keys()).containsExactly("a#FIRING", "a#RESOLVED");
    assertThat(receiver.requests()).isEqualTo(6);
    assertThat(connect.committed()).isEqualTo(2);
    assertThat(connect.dead).isEmpty();
  }

  @Test
  void receiverThatTakesTheAlertAndAnswersTooLate_getsItAgainUnderTheSameKey() {
    receiver.next(new Behaviour(202, "", null, 400, false));
    TaskHarness connect = harness(Map.of("webhook.timeout.ms", "100"));

    connect.put(Alerts.records(Alerts.firing("a")));
    connect.comeBack(10);

    assertThat(receiver.keys()).containsExactly("a#FIRING", "a#FIRING");
    assertThat(receiver.taken().get(0).body()).isEqualTo(receiver.taken().get(1).body());
  }

  @Test
  void receiverThatDisappears_getsEverythingWhenItIsBack() {
    TaskHarness connect = harness(Map.of());
    receiver.disappear();
    connect.put(Alerts.records(Alerts.firing("a"), Alerts.firing("b")));
    connect.comeBack(3);
    assertThat(connect.committed()).isZero();

    receiver.start();
    connect.comeBack(10);

    assertThat(receiver.keys()).containsExactly("a#FIRING", "b#FIRING");
    assertThat(connect.committed()).isEqualTo(2);
  }

  @Test
  void alertWhoseBudgetIsUsedUp_goesToTheDeadLetterTopic_andTheNextIsTried() {
    receiver.next(Behaviour.status(500), Behaviour.status(500), Behaviour.status(500));
    TaskHarness connect =
        harness(
            Map.of(
                "webhook.retry.budget.ms",
                    "1400", // used up after the third try, not after the second
                "webhook.retry.backoff.ms", "1000",
                "webhook.retry.backoff.max.ms", "2000"));

    connect.put(Alerts.records(Alerts.firing("a")));
    connect.comeBack(2);
    connect.put(List.of(Alerts.record(1, Alerts.firing("b"))));
    connect.comeBack(10);

    assertThat(connect.dead)
        .containsExactly(
            "0: the receiver did not take alert a (status 500: said no);"
                + " given up after 3 tries in its time");
    assertThat(receiver.keys()).containsExactly("b#FIRING");
    assertThat(connect.committed()).isEqualTo(2);
  }

  @Test
  void withoutADeadLetterTopic_theTaskStops_andTheAlertIsNotCommitted() {
    receiver.next(new Behaviour(400, "bad event", null, 0, false));
    TaskHarness connect = harness(Map.of());
    connect.deadLetterTopic = false;

    assertThatThrownBy(() -> connect.put(Alerts.records(Alerts.firing("a"))))
        .isInstanceOf(ConnectException.class);
    assertThat(connect.committed()).isZero();
  }

  @Test
  void alertThatIsRefused_isNotTriedAgain() {
    receiver.next(new Behaviour(400, "invalid_payload", null, 0, false));
    TaskHarness connect = harness(Map.of());

    connect.put(Alerts.records(Alerts.firing("a"), Alerts.firing("b")));

    assertThat(connect.dead)
        .containsExactly(
            "0: the receiver did not take alert a (status 400: invalid_payload); it is not tried"
                + " again");
    assertThat(receiver.keys()).containsExactly("b#FIRING");
  }

  @Test
  void wrongAddressOrKey_stopsTheTaskAndLosesNothing_andTellsNoSecret() {
    for (int status : new int[] {302, 401, 403, 404, 410}) {
      receiver.next(new Behaviour(status, "no_service", null, 0, false));
      TaskHarness connect = harness(Map.of());

      assertThatThrownBy(() -> connect.put(Alerts.records(Alerts.firing("a"))))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("status " + status + ": no_service")
          .hasMessageContaining("check webhook.url and its credentials")
          .hasMessageNotContaining("SECRETPATH");
      assertThat(connect.committed()).isZero();
    }
  }

  @Test
  void rateLimit_isKeptWithoutBlockingConnect() {
    TaskHarness connect = harness(Map.of("webhook.rate.limit.per.minute", "60"));
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      records.add(Alerts.record(i, Alerts.firing("a" + i)));
    }

    connect.put(records);
    assertThat(receiver.requests()).isEqualTo(10);
    assertThat(connect.committed()).isEqualTo(10);
    connect.comeBack(2);
    assertThat(receiver.requests()).isEqualTo(12);
    connect.comeBack(10);
    assertThat(receiver.requests()).isEqualTo(15);
  }

  @Test
  void alertsBelowTheSeverity_ofOtherDetectors_andResolvedOnes_areNotPostedIfSoConfigured() {
    TaskHarness connect =
        harness(
            Map.of(
                "alerts.min.severity", "CRITICAL",
                "alerts.detectors", "anomaly",
                "alerts.resolved", "false"));

    connect.put(
        Alerts.records(
            Alerts.firing("warning").put("severity", "WARNING"),
            Alerts.firing("budget").put("detector", "budget"),
            Alerts.resolved("over"),
            null,
            Alerts.firing("yes")));

    assertThat(receiver.keys()).containsExactly("yes#FIRING");
    assertThat(connect.committed()).isEqualTo(5);
  }

  @Test
  void manyPendingAlerts_stopTheReading_untilHalfAreDelivered() {
    receiver.disappear();
    TaskHarness connect = harness(Map.of("webhook.retry.backoff.max.ms", "1000"));
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      records.add(Alerts.record(i, Alerts.firing("a" + i)));
    }

    connect.put(records);
    assertThat(connect.paused).isTrue();
    receiver.start();
    connect.comeBack(5);

    assertThat(connect.paused).isFalse();
    assertThat(receiver.keys()).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void partitionThatAnotherTaskTakesOver_isNotDeliveredHere() {
    receiver.disappear();
    TaskHarness connect = harness(Map.of());
    connect.put(Alerts.records(Alerts.firing("a")));

    connect.closePartition();
    receiver.start();
    connect.comeBack(3);

    assertThat(receiver.keys()).isEmpty();
  }

  @Test
  void randomFailures_deliverEachAlertOnce_inOrder() {
    long seed = Long.getLong("tokenmeter.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int[] statuses = {500, 503, 429, 408, 202, 202, 202};
      receiver.next(Behaviour.status(statuses[random.nextInt(statuses.length)]));
    }
    TaskHarness connect = harness(Map.of("webhook.retry.budget.ms", "86400000"));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String id = "a" + i / 2;
      expected.add(id + (i % 2 == 0 ? "#FIRING" : "#RESOLVED"));
      connect.put(List.of(Alerts.record(i, i % 2 == 0 ? Alerts.firing(id) : Alerts.resolved(id))));
      connect.comeBack(random.nextInt(3));
    }
    connect.comeBack(1000);

    assertThat(receiver.keys()).as("-Dtokenmeter.test.seed=" + seed).isEqualTo(expected);
    assertThat(connect.committed()).isEqualTo(60);
  }

  private TaskHarness harness(Map<String, String> settings) {
    return new TaskHarness(receiver, settings);
  }
}
