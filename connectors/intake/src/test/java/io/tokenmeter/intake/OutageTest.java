package io.tokenmeter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.intake.fixture.Deployment;
import io.tokenmeter.intake.fixture.RetryingClient;
import io.tokenmeter.intake.fixture.TopicTail;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.streams.TokenmeterApplication;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes away while usage comes. */
class OutageTest {
  private static final BigDecimal EACH = new BigDecimal("0.0025");

  @TempDir Path directory;

  @Test
  void broker_awayUnderLoad_losesNothingThatWasTakenAndCountsNothingTwice() throws Exception {
    try (Deployment deployment = new Deployment("intake-outage", directory)) {
      deployment.publishPrice("openai", "gpt-4o", "2.50", "10.00");
      TokenmeterApplication application = deployment.application();
      IntakeService intake = deployment.intake(Map.of("kafka.timeout.ms", "2000"));
      try (RetryingClient clients = new RetryingClient(intake.url(), "load").start(4)) {
        TimeUnit.SECONDS.sleep(2);
        deployment.environment().broker().stop();
        TimeUnit.SECONDS.sleep(10);
        assertThat(intake.isReady()).isFalse();
        deployment.environment().broker().startAgain();
        TimeUnit.SECONDS.sleep(3);
        clients.stop();

        Set<String> taken = clients.taken();
        assertThat(clients.refusals()).contains(503);
        assertThat(taken).hasSizeGreaterThan(500);
        try (TopicTail tail = deployment.tail("costed-usage")) {
          tail.await(entries -> entries.size() >= taken.size()).readToEnd();
          List<CostedUsage> costed = tail.values(CostedUsage.class);
          Set<String> ids = new HashSet<>(costed.stream().map(CostedUsage::getEventId).toList());
          assertThat(ids).containsAll(taken);
          assertThat(costed).hasSize(ids.size());
          // Each body was sent until it was taken, so nothing else may be there either.
          assertThat(costed.stream().map(CostedUsage::getCostUsd).reduce(BigDecimal::add))
              .hasValueSatisfying(
                  sum ->
                      assertThat(sum)
                          .isEqualByComparingTo(EACH.multiply(BigDecimal.valueOf(taken.size()))));
        }
      } finally {
        intake.close();
        application.closeAndLeave();
      }
    }
  }
}
