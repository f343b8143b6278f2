package io.tokenmeter.benchmarks;

import io.tokenmeter.benchmarks.process.BrokerProcess;
import io.tokenmeter.benchmarks.process.RungProcess;
import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.process.RungResult;
import io.tokenmeter.benchmarks.process.TotalsCheck;
import io.tokenmeter.benchmarks.workload.Prefix;
import io.tokenmeter.benchmarks.workload.TopicFiller;
import io.tokenmeter.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills one topic, runs every rung on it in a process of its own, and brings their measurements
 * together.
 */
public final class Bench {
  private final BenchOptions options;
  private final Consumer<String> progress;

  /** A bench run that tells {@code progress} what it is doing, a line at a time. */
  public Bench(BenchOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if a rung or the broker fails
   */
  public BenchReport run() throws IOException, InterruptedException {
    Path profiles = options.profiles();
    if (profiles != null) {
      Files.createDirectories(profiles);
    }
    Path given = options.directory();
    if (given != null) {
      Files.createDirectories(given);
      return runIn(given);
    }
    try (TemporaryDirectory temporary = TemporaryDirectory.create("tokenmeter-bench")) {
      return runIn(temporary.path());
    }
  }

  private BenchReport runIn(Path directory) throws IOException, InterruptedException {
    boolean registry = options.rungs().stream().anyMatch(Rung::isTokenmeter);
    progress.accept("starting the broker" + (registry ? " and the registry" : ""));
    try (BrokerProcess broker = BrokerProcess.start(directory, registry);
        BenchTopics topics = new BenchTopics(broker.addresses(), options.partitions())) {
      Map<Long, Prefix> prefixes = fill(broker, topics);
      Map<Rung, List<RungRun>> runs = new EnumMap<>(Rung.class);
      for (int run = 1; run <= options.runs(); run++) {
        for (Rung rung : options.rungs()) {
          Prefix prefix = Objects.requireNonNull(prefixes.get(options.eventsOf(rung)));
          RungRun measured = measure(rung, run, prefix, broker, topics, directory);
          runs.computeIfAbsent(rung, any -> new ArrayList<>()).add(measured);
        }
      }
      return BenchReport.of(options, runs);
    }
  }

  private Map<Long, Prefix> fill(BrokerProcess broker, BenchTopics topics) {
    Workload workload = new Workload(options.seed(), options.events(), options.variant());
    topics.createInput();
    progress.accept("filling %s with %,d events".formatted(BenchTopics.INPUT, options.events()));
    long began = System.nanoTime();
    List<Long> marks = options.rungs().stream().map(options::eventsOf).distinct().toList();
    List<Prefix> prefixes =
        new TopicFiller(workload, BenchTopics.INPUT, options.partitions(), topics.eventSchemaId())
            .fill(broker.addresses().bootstrapServers(), options.threads(), marks);
    topics.publishPrices();
    progress.accept("filled in %.1f s".formatted((System.nanoTime() - began) / 1e9));
    return prefixes.stream().collect(Collectors.toMap(Prefix::events, prefix -> prefix));
  }

  private RungRun measure(
      Rung rung, int run, Prefix prefix, BrokerProcess broker, BenchTopics topics, Path directory)
      throws IOException, InterruptedException {
    String name = "bench-" + rung.id().replace('_', '-') + "-" + run;
    topics.recreateOutputs();
    Path state = directory.resolve(name + "-state");
    Path profiles = options.profiles();
    Path profile = profiles == null ? null : profiles.resolve(name + ".jfr");
    RungRequest request = request(rung, name, prefix, broker, state, profile);
    Map<String, Long> bytesBefore = broker.bytesByTopic();
    progress.accept(
        "(%s) %s, run %d of %d: %,d events"
            .formatted(rung.letter(), rung.title(), run, options.runs(), prefix.events()));
    RungResult result = RungProcess.run(request, options.jvmOptions(), directory);
    TemporaryDirectory.delete(state);
    Map<String, Long> bytes = new TreeMap<>(broker.bytesByTopic());
    bytesBefore.forEach((topic, before) -> bytes.computeIfPresent(topic, (t, now) -> now - before));
    bytes.values().removeIf(count -> count <= 0);
    progress.accept(summary(rung, result));
    if (profile != null) {
      summarize(profile);
    }
    return new RungRun(result, bytes);
  }

  private void summarize(Path profile) throws IOException {
    String summary = ProfileSummary.of(profile);
    Path file = profile.resolveSibling(profile.getFileName() + ".txt");
    Files.writeString(file, summary + System.lineSeparator());
    progress.accept(summary);
    progress.accept("this summary is in " + file);
  }

  private RungRequest request(
      Rung rung,
      String name,
      Prefix prefix,
      BrokerProcess broker,
      Path state,
      @Nullable Path profile) {
    return new RungRequest(
        rung,
        name,
        broker.addresses().bootstrapServers(),
        broker.addresses().registryUrl(),
        broker.pid(),
        BenchTopics.PREFIX,
        options.partitions(),
        prefix,
        options.threads(),
        options.warmUpShare(),
        state.toString(),
        profile == null ? null : profile.toString());
  }

  private static String summary(Rung rung, RungResult result) {
    String totals =
        result.checks().stream().allMatch(TotalsCheck::exact)
            ? "totals exact"
            : result.checks().stream()
                .filter(check -> !check.exact())
                .map(TotalsCheck::difference)
                .collect(Collectors.joining("; ", "TOTALS DIFFER: ", ""));
    return "(%s) %,.0f events/s, %.1f s measured of %.1f s, %s"
        .formatted(
            rung.letter(),
            result.eventsPerSecond(),
            result.measuredSeconds(),
            result.wholeSeconds(),
            totals);
  }
}
