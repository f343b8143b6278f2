package io.tokenmeter.intake.source;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tokenmeter.intake.IntakeMeters;
import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.intake.kafka.BodyMapper;
import io.tokenmeter.streams.StreamsSettings;
import io.tokenmeter.streams.ThreadFailures;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of other systems, exactly once: what a record becomes and the offset behind it
 * are one transaction of Kafka.
 */
public final class SourceReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceReader.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;

  private SourceReader(KafkaStreams streams) {
    this.streams = streams;
    this.metrics = new KafkaStreamsMetrics(streams);
  }

  /** Begins to read the topics of the configuration. */
  public static SourceReader start(
      IntakeConfig config, BodyMapper mapper, IntakeMeters meters, MeterRegistry registry) {
    Map<String, Object> settings = StreamsSettings.of(config.application());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    Properties properties = new Properties();
    properties.putAll(settings);
    KafkaStreams streams =
        new KafkaStreams(
            SourceTopology.of(config, new StreamsConfig(settings), mapper, meters), properties);
    ThreadFailures failures = new ThreadFailures();
    streams.setUncaughtExceptionHandler(failure -> onFailedThread(failure, failures));
    SourceReader reader = new SourceReader(streams);
    reader.metrics.bindTo(registry);
    streams.start();
    return reader;
  }

  /** The work of a failed thread is in a transaction that is taken back: another does it again. */
  private static StreamThreadExceptionResponse onFailedThread(
      Throwable failure, ThreadFailures failures) {
    if (failures.mayReplace(System.nanoTime())) {
      log.error("a thread that reads sources failed and is replaced", failure);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    log.error("threads that read sources keep failing; reading stops", failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Whether topics are being read. */
  public boolean isRunning() {
    return streams.state() == State.RUNNING;
  }

  /** Whether it has stopped by itself. */
  public boolean hasFailed() {
    return streams.state() == State.PENDING_ERROR || streams.state() == State.ERROR;
  }

  /** Commits what was read, and stops. */
  @Override
  public void close() {
    CloseOptions options =
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(options)) {
      log.warn("reading sources did not stop in time; what was not committed is read again");
    }
    metrics.close();
  }
}
