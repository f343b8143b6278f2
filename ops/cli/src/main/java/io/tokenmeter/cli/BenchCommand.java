package io.tokenmeter.cli;

import io.tokenmeter.benchmarks.Bench;
import io.tokenmeter.benchmarks.BenchOptions;
import io.tokenmeter.benchmarks.BenchReport;
import io.tokenmeter.benchmarks.Microbenchmarks;
import io.tokenmeter.benchmarks.Rung;
import io.tokenmeter.benchmarks.workload.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures Tokenmeter beside what else does the same work; the module benchmarks does it all. */
@Command(
    name = "bench",
    subcommands = {BenchDetectorsCommand.class, BenchIntakeCommand.class},
    description =
        "Fills one topic and measures, each in a process of its own: (a) a plain consumer with hash"
            + " maps, (b) the same with transactional costed output, (c) the idiomatic Kafka Streams"
            + " DSL, (c') a light one, and (d) Tokenmeter. Checks everybody's totals to the last"
            + " digit.",
    footer = {
      "",
      "Example: tokenmeter bench --runs 3 --json",
      "         tokenmeter bench --rungs a,d --variant hot",
      "         tokenmeter bench --jmh -- -f 1 Decoder"
    })
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "Events of the workload. Default: ${DEFAULT-VALUE}.")
  private long events;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Partitions of the topics. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often each rung is run, in turn; the median counts. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "Traffic: default, hot (one model and one key), duplicates (10 %%) or keys (1,000,000 API"
              + " keys).")
  private Variant variant;

  @Option(
      names = "--rungs",
      paramLabel = "LIST",
      defaultValue = "a,b,c,c',d",
      description =
          "Which rungs: letters or plain_consumer, transactional_copy, idiomatic_dsl, light_dsl,"
              + " tokenmeter_without_detectors (d-), tokenmeter. Default: all but d-.")
  private String rungs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Consumer or stream threads of every rung. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "The same seed gives the same events. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--idiomatic-events",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "How many of the events the slow rung (c) processes, at most. Default: ${DEFAULT-VALUE}.")
  private long idiomaticEvents;

  @Option(
      names = "--light-events",
      paramLabel = "N",
      defaultValue = "1500000",
      description =
          "How many of the events rung (c') processes, at most. Default: ${DEFAULT-VALUE}.")
  private long lightEvents;

  @Option(
      names = "--jvm-options",
      paramLabel = "OPTIONS",
      defaultValue = "-Xms2g -Xmx2g -XX:+UseParallelGC",
      description = "JVM options of every rung. Default: ${DEFAULT-VALUE}.")
  private String jvmOptions;

  @Option(
      names = "--profile",
      paramLabel = "DIRECTORY",
      description =
          "Record a Java flight recording of every run into this directory, and print where time and"
              + " allocations went. Costs a few percent.")
  private @Nullable Path profiles;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      description =
          "Keep the broker's data, logs and results in this new directory. Default: a temporary one.")
  private @Nullable Path directory;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--jmh",
      description =
          "Run the JMH benchmarks of the cost calculator, the id table and the decoder instead.")
  private boolean jmh;

  @Parameters(
      paramLabel = "JMH",
      arity = "0..*",
      description = "With --jmh: names or JMH's own options, after --.")
  private List<String> jmhArguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (jmh) {
      Microbenchmarks.run(jmhArguments);
      return 0;
    }
    BenchReport report =
        new Bench(options(), line -> command.commandLine().getErr().println(line)).run();
    command.commandLine().getOut().println(json ? report.toJson() : report.toText());
    if (!report.exact()) {
      throw new CommandFailedException("some totals are wrong; they are named above");
    }
    return 0;
  }

  private BenchOptions options() {
    if (!jmhArguments.isEmpty()) {
      throw wrongUsage("unexpected " + jmhArguments.get(0) + "; it goes with --jmh only");
    }
    requirePositive("--events", events);
    requirePositive("--partitions", partitions);
    requirePositive("--runs", runs);
    requirePositive("--threads", threads);
    requirePositive("--idiomatic-events", idiomaticEvents);
    requirePositive("--light-events", lightEvents);
    return new BenchOptions(
        events,
        partitions,
        runs,
        variant,
        List.copyOf(parseRungs()),
        threads,
        seed,
        idiomaticEvents,
        lightEvents,
        BenchOptions.DEFAULT_WARM_UP_SHARE,
        List.of(jvmOptions.strip().split("\\s+")),
        profiles,
        directory);
  }

  private EnumSet<Rung> parseRungs() {
    EnumSet<Rung> parsed = EnumSet.noneOf(Rung.class);
    for (String name : rungs.split(",", -1)) {
      try {
        parsed.add(Rung.of(name.strip()));
      } catch (IllegalArgumentException e) {
        throw wrongUsage("--rungs: " + e.getMessage());
      }
    }
    return parsed;
  }

  private void requirePositive(String option, long value) {
    if (value < 1) {
      throw wrongUsage(option + " must be 1 or more");
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
