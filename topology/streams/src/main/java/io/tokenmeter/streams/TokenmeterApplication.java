package io.tokenmeter.streams;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tokenmeter.streams.clients.StreamsClients;
import io.tokenmeter.streams.registry.RegistryUnavailableException;
import io.tokenmeter.streams.registry.Serdes;
import io.tokenmeter.streams.registry.WireHeaders;
import io.tokenmeter.streams.rollup.LastWriteBack;
import io.tokenmeter.streams.run.RunQueries;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running application: starts the topology, replaces threads that fail, and stops cleanly.
 *
 * <p>A failed thread is replaced, because its work is in a transaction that starts again where it
 * was committed. If threads keep failing the application stops, so that whoever runs it is told by
 * the exit code.
 */
public final class TokenmeterApplication implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TokenmeterApplication.class);
  private static final Duration WRITE_BACK_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final PrometheusMeterRegistry registry;
  private final KafkaStreamsMetrics kafkaMetrics;
  private final Serdes serdes;
  private final LastWriteBack lastWriteBack;
  private final ThreadFailures failures = new ThreadFailures();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final String listen;
  private final RunQueries runQueries;
  private volatile @Nullable OperationsServer server;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Throwable lastThreadFailure;

  /**
   * Prepares the application; learns the output schemas' ids from the registry.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
   * @throws org.apache.kafka.common.errors.SerializationException if the registry cannot be used
   */
  public TokenmeterApplication(TokenmeterConfig config) {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new StoreTags());
    serdes = new Serdes(config);
    Stages stages =
        new Stages(config, serdes, WireHeaders.learn(config, serdes), new Meters(registry));
    lastWriteBack = stages.lastWriteBack();
    Properties settings = new Properties();
    settings.putAll(StreamsSettings.of(config));
    streams =
        new KafkaStreams(new UsageTopology(config, stages).build(), settings, new StreamsClients());
    streams.setUncaughtExceptionHandler(this::onFailedThread);
    streams.setStateListener(this::onStateChange);
    kafkaMetrics = new KafkaStreamsMetrics(streams);
    listen = config.getString(TokenmeterConfig.HTTP_LISTEN);
    runQueries = new RunQueries(streams, StreamsSettings.advertised(config));
  }

  /**
   * Starts in the background.
   *
   * @throws org.apache.kafka.common.config.ConfigException if the address for metrics and health
   *     cannot be used
   */
  public void start() {
    if (!listen.isEmpty()) {
      server = OperationsServer.start(listen, this);
    }
    kafkaMetrics.bindTo(registry);
    streams.start();
  }

  /** Whether events are being processed. */
  public boolean isRunning() {
    return streams.state() == State.RUNNING;
  }

  /** What the application is doing, as Kafka Streams says it. */
  public State state() {
    return streams.state();
  }

  /** Answers questions about runs. */
  RunQueries runQueries() {
    return runQueries;
  }

  /** Whether the application has given up. */
  boolean hasFailed() {
    return failure != null || streams.state() == State.ERROR;
  }

  /** The port of metrics and health; 0 if they are not served. */
  public int operationsPort() {
    OperationsServer serving = server;
    return serving == null ? 0 : serving.port();
  }

  /** All metrics in Prometheus' text format. */
  public String metrics() {
    return registry.scrape();
  }

  /**
   * Waits until the application has stopped, by {@link #close} or because it failed.
   *
   * @return why it failed; null if it was closed
   */
  public @Nullable Throwable awaitStop() throws InterruptedException {
    stopped.await();
    return failure;
  }

  /**
   * Waits until events are being processed; false if that takes too long or the application has
   * stopped.
   */
  public boolean awaitRunning(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!isRunning() && System.nanoTime() < end && stopped.getCount() > 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return isRunning();
  }

  /**
   * Commits and stops; waits for half a minute at most. The group keeps the place for the session's
   * timeout, so that a restart moves no tasks about.
   */
  @Override
  public void close() {
    close(GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  /** Commits and stops for good: leaves the group, so that others take over at once. */
  public void closeAndLeave() {
    close(GroupMembershipOperation.LEAVE_GROUP);
  }

  private void close(GroupMembershipOperation membership) {
    serdes.stopWaiting();
    if (isRunning()) {
      lastWriteBack.request(WRITE_BACK_TIMEOUT);
    }
    CloseOptions options =
        CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(membership);
    if (!streams.close(options)) {
      log.warn(
          "the application did not stop within {} s; what was not committed is done again",
          CLOSE_TIMEOUT.toSeconds());
    }
    kafkaMetrics.close();
    OperationsServer serving = server;
    if (serving != null) {
      serving.close();
    }
    stopped.countDown();
  }

  private StreamThreadExceptionResponse onFailedThread(Throwable cause) {
    lastThreadFailure = cause;
    // While the registry is away the same event fails again and again, and must only wait.
    if (RegistryUnavailableException.isCauseOf(cause) || failures.mayReplace(System.nanoTime())) {
      log.error("a stream thread failed and is replaced", cause);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    log.error("stream threads keep failing; the application stops", cause);
    failure = cause;
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void onStateChange(State now, State before) {
    log.info("{} -> {}", before, now);
    if (now == State.ERROR && failure == null) {
      // The thread of the price table cannot be replaced: its failure stops the application.
      failure = lastThreadFailure;
    }
    if (now == State.ERROR || now == State.NOT_RUNNING) {
      stopped.countDown();
    }
  }
}
