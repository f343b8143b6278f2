package io.tokenmeter.intake.kafka;

import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.intake.config.SourceTopic;
import io.tokenmeter.streams.TokenmeterConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every second whether the topics can be written to, so that readiness and refusals need not
 * wait for a time-out.
 */
public final class KafkaWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ANSWER_MS = 3000;

  private final Admin admin;
  private final Collection<String> topics;
  private final Thread thread = new Thread(this::watch, "kafka-watch");
  private volatile boolean reachable;
  private volatile boolean closed;

  private KafkaWatch(IntakeConfig config) {
    Map<String, Object> settings =
        ClientSettings.of(config, "admin.", AdminClientConfig.configNames());
    // Somebody waits for the start.
    settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
    settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MS);
    settings.put(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
        config.getList(TokenmeterConfig.BOOTSTRAP_SERVERS));
    admin = Admin.create(settings);
    topics = List.of(config.topic("usage-events"), config.topic("rejected-events"));
    thread.setDaemon(true);
  }

  /**
   * Begins to watch.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a topic is missing
   * @throws ExecutionException if the cluster does not answer; Kafka's exception is its cause
   */
  public static KafkaWatch start(IntakeConfig config)
      throws ExecutionException, InterruptedException {
    KafkaWatch watch = new KafkaWatch(config);
    try {
      RequiredTopics.require(
          watch.admin, watch.topics, config.sources().stream().map(SourceTopic::topic).toList());
      watch.look();
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      watch.close();
      throw e;
    }
    watch.thread.start();
    return watch;
  }

  /** Whether the topics could be written to when last looked at, a few seconds ago at most. */
  public boolean isReachable() {
    return reachable;
  }

  private void watch() {
    try {
      while (!closed) {
        boolean before = reachable;
        try {
          look();
        } catch (ExecutionException e) {
          reachable = false;
          if (before && !closed) {
            log.warn("Kafka cannot be reached, requests are answered 503: {}", e.getMessage());
          }
        }
        if (!before && reachable) {
          log.info("Kafka can be reached again");
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void look() throws ExecutionException, InterruptedException {
    DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(ANSWER_MS);
    reachable =
        admin.describeTopics(topics, options).allTopicNames().get().values().stream()
            .allMatch(KafkaWatch::hasLeaders);
  }

  private static boolean hasLeaders(TopicDescription topic) {
    return topic.partitions().stream()
        .map(TopicPartitionInfo::leader)
        .allMatch(leader -> leader != null && !leader.isEmpty());
  }

  @Override
  public void close() {
    closed = true;
    reachable = false;
    thread.interrupt();
    admin.close(Duration.ofSeconds(2));
  }
}
