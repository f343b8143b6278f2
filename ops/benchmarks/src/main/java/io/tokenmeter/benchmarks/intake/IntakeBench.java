package io.tokenmeter.benchmarks.intake;

import io.tokenmeter.benchmarks.TemporaryDirectory;
import io.tokenmeter.benchmarks.process.BrokerProcess;
import io.tokenmeter.streams.topics.TopicCatalogue;
import io.tokenmeter.streams.topics.TopicCreator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Load on an intake in a process of its own, with a real broker in another: throughput, latency and
 * memory; then the broker stands still under the same load, and what was answered 200 is looked
 * for.
 */
public final class IntakeBench {
  private static final String PREFIX = "bench-intake.";
  private static final String USAGE_EVENTS = "usage-events";
  private static final double NANOS_PER_MILLI = 1e6;

  private final IntakeBenchOptions options;
  private final Consumer<String> progress;

  /** A benchmark that tells how far it is. */
  public IntakeBench(IntakeBenchOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Figures of the measured time, before the outage. */
  private record Measured(long events, double seconds, double cpuSeconds, long[] latencies) {
    double latencyMillis(double quantile) {
      int at = (int) Math.ceil(quantile * latencies.length) - 1;
      return latencies.length == 0 ? 0 : latencies[Math.max(0, at)] / NANOS_PER_MILLI;
    }
  }

  /** Runs it. */
  public IntakeBenchReport run() throws IOException, InterruptedException, ExecutionException {
    try (TemporaryDirectory directory = TemporaryDirectory.create("tokenmeter-bench-intake-");
        BrokerProcess broker = BrokerProcess.start(directory.path(), true)) {
      createTopics(broker);
      try (IntakeProcess intake =
              IntakeProcess.start(
                  broker.addresses(), PREFIX, options.heapMebibytes(), directory.path());
          IntakeLoad load = new IntakeLoad(intake.url(), new SpanTemplate(options.spans()))) {
        load.start(options.connections());
        Measured measured = measure(intake, load);
        standStill(broker);
        load.stop();
        return report(broker, intake, load, measured);
      }
    }
  }

  private Measured measure(IntakeProcess intake, IntakeLoad load) throws InterruptedException {
    progress.accept("warming up for " + options.warmUpSeconds() + " s");
    TimeUnit.SECONDS.sleep(options.warmUpSeconds());
    var unused = load.takeLatencies();
    Duration cpu = intake.cpuTime();
    long start = System.nanoTime();
    progress.accept("measuring for " + options.seconds() + " s");
    TimeUnit.SECONDS.sleep(options.seconds());
    long[] latencies = load.takeLatencies();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = intake.cpuTime().minus(cpu).toNanos() / 1e9;
    return new Measured((long) latencies.length * options.spans(), seconds, cpuSeconds, latencies);
  }

  /** As a broker does whose machine hangs: connections stay open, nothing is answered. */
  private void standStill(BrokerProcess broker) throws IOException, InterruptedException {
    if (options.outageSeconds() == 0) {
      return;
    }
    progress.accept("the broker stands still for " + options.outageSeconds() + " s");
    signal(broker.pid(), "STOP");
    try {
      TimeUnit.SECONDS.sleep(options.outageSeconds());
    } finally {
      signal(broker.pid(), "CONT");
    }
    TimeUnit.SECONDS.sleep(5);
  }

  private static void signal(long pid, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }

  private IntakeBenchReport report(
      BrokerProcess broker, IntakeProcess intake, IntakeLoad load, Measured measured)
      throws IOException {
    if (!intake.isAlive()) {
      throw new IllegalStateException("the intake has ended");
    }
    progress.accept("looking for everything that was answered 200");
    WrittenEvents written =
        WrittenEvents.read(broker.addresses().bootstrapServers(), PREFIX + USAGE_EVENTS);
    long lost = load.taken().stream().mapToLong(run -> options.spans() - written.ofRun(run)).sum();
    return new IntakeBenchReport(
        measured.events() / measured.seconds(),
        measured.events() / measured.cpuSeconds(),
        measured.latencyMillis(0.5),
        measured.latencyMillis(0.99),
        measured.latencyMillis(1),
        options.heapMebibytes(),
        intake.peakMebibytes(),
        options.outageSeconds(),
        load.refused(),
        (long) load.taken().size() * options.spans(),
        lost,
        written.records() - written.distinct());
  }

  private static void createTopics(BrokerProcess broker)
      throws ExecutionException, InterruptedException {
    TopicCatalogue catalogue = TopicCatalogue.load();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", broker.addresses().bootstrapServers()))) {
      new TopicCreator(admin)
          .create(
              List.of(catalogue.topic(USAGE_EVENTS), catalogue.topic("rejected-events")),
              TopicCreator.Plan.asCatalogued(PREFIX));
    }
  }
}
