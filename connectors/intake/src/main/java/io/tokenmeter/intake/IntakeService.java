package io.tokenmeter.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.intake.http.BodyIntake;
import io.tokenmeter.intake.http.InFlight;
import io.tokenmeter.intake.http.IntakeServer;
import io.tokenmeter.intake.http.OperationsServer;
import io.tokenmeter.intake.kafka.BodyMapper;
import io.tokenmeter.intake.kafka.EventSender;
import io.tokenmeter.intake.kafka.KafkaWatch;
import io.tokenmeter.intake.kafka.WireHeaders;
import io.tokenmeter.intake.source.SourceReader;
import io.tokenmeter.streams.TokenmeterConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running intake: everything put together, started in order and stopped in the reverse one.
 *
 * <p>A stop refuses what comes from then on, and lets what is being worked on reach Kafka.
 */
public final class IntakeService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IntakeService.class);
  private static final long LOOK_MILLIS = 20;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final InFlight inFlight;
  private final Duration shutdownTimeout;
  private @Nullable KafkaWatch watch;
  private @Nullable SourceReader sources;
  private @Nullable OperationsServer operations;
  private @Nullable IntakeServer server;
  private volatile boolean draining;

  private IntakeService(IntakeConfig config) {
    inFlight =
        new InFlight(
            config.getLong(IntakeConfig.IN_FLIGHT_MAX_BYTES),
            config.getInt(IntakeConfig.IN_FLIGHT_MAX_REQUESTS));
    shutdownTimeout = config.millis(IntakeConfig.SHUTDOWN_TIMEOUT_MS);
  }

  /**
   * Starts to take usage in.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a setting cannot be used, or a topic
   *     is missing
   * @throws ExecutionException if Kafka does not answer
   * @throws org.apache.kafka.common.KafkaException if the registry cannot be used
   */
  public static IntakeService start(IntakeConfig config)
      throws ExecutionException, InterruptedException {
    IntakeService service = new IntakeService(config);
    try {
      service.startParts(config);
      return service;
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      service.close();
      throw e;
    }
  }

  private void startParts(IntakeConfig config) throws ExecutionException, InterruptedException {
    watch = opened(KafkaWatch.start(config));
    BodyMapper mapper = new BodyMapper(config, WireHeaders.learn(config));
    IntakeMeters meters = new IntakeMeters(registry);
    String listen = config.getString(TokenmeterConfig.HTTP_LISTEN);
    if (!listen.isEmpty()) {
      operations =
          opened(
              OperationsServer.start(listen, registry::scrape, () -> !hasFailed(), this::isReady));
    }
    if (!config.sources().isEmpty()) {
      sources = opened(SourceReader.start(config, mapper, meters, registry));
    }
    EventSender sender = opened(new EventSender(config));
    opened(new KafkaClientMetrics(sender.producer())).bindTo(registry);
    ExecutorService mapping = Executors.newFixedThreadPool(config.threads());
    parts.push(mapping::shutdownNow);
    BodyIntake bodies = new BodyIntake(config, mapper, sender, mapping);
    server = opened(IntakeServer.start(config, this::isOpen, inFlight, bodies, meters));
    addGauges();
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private void addGauges() {
    Gauge.builder("tokenmeter.intake.in.flight.bytes", inFlight, InFlight::bytes)
        .description("Bytes of bodies and events on their way to Kafka")
        .register(registry);
    Gauge.builder("tokenmeter.intake.in.flight.requests", inFlight, InFlight::requests)
        .description("Requests being worked on")
        .register(registry);
  }

  /** Where usage is sent. */
  public String url() {
    return server == null ? "" : server.url();
  }

  /** The port of metrics and health; 0 if they are not served apart. */
  public int operationsPort() {
    return operations == null ? 0 : operations.port();
  }

  /** All metrics in Prometheus' text format. */
  public String metrics() {
    return registry.scrape();
  }

  /** Whether events can be taken by HTTP now. */
  private boolean isOpen() {
    KafkaWatch kafka = watch;
    return !draining && kafka != null && kafka.isReachable();
  }

  /** Whether events can be taken now, by all ways. */
  public boolean isReady() {
    return isOpen() && (sources == null || sources.isRunning());
  }

  /** Whether a part has given up for good. */
  public boolean hasFailed() {
    return sources != null && sources.hasFailed();
  }

  /** Refuses new requests, waits for those that are being worked on, and stops. */
  @Override
  public void close() {
    draining = true;
    awaitIdle();
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.warn("a part of the intake did not stop cleanly", e);
      }
    }
  }

  private void awaitIdle() {
    long end = System.nanoTime() + shutdownTimeout.toNanos();
    try {
      while (inFlight.requests() > 0 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (inFlight.requests() > 0) {
      log.warn("{} requests were not answered before the stop", inFlight.requests());
    }
  }
}
