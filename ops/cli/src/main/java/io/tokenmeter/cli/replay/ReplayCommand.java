package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.ClusterOptions;
import io.tokenmeter.cli.cluster.RegistryOption;
import io.tokenmeter.cli.prices.PricesFormatOption;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.usagefiles.AzureLlmTraceReader;
import io.tokenmeter.usagefiles.UsageFileFormat;
import io.tokenmeter.usagefiles.UsageFileReader;
import io.tokenmeter.usagefiles.UsageJsonReader;
import io.tokenmeter.usagefiles.WrongFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a usage file and sums up what it cost. */
@Command(
    name = "replay",
    description = {
      "Sends the events of a file with their own times, waits until all are processed, and prints"
          + " what they cost.",
      "",
      "Exit code 0 means that lines were accepted, 1 that none was, or that something failed; how"
          + " many were rejected, and why, is said on standard error.",
      "",
      "Without --bootstrap-servers or --config everything runs in an embedded environment that is"
          + " gone afterwards. On a named cluster the running application processes the events;"
          + " where none runs, this command runs it until it is done. The figures are about this"
          + " file's events, whatever else is in the topics; sending a file twice doubles nothing.",
      ""
    },
    footer = {
      "",
      "Example: tokenmeter replay trace.csv --format azure-llm-trace --provider openai"
          + " --model gpt-4o --prices prices.yaml"
    })
public final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private RegistryOption registry;

  @Parameters(paramLabel = "FILE", description = "The usage file.")
  private Path file;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "Format of the file: ${COMPLETION-CANDIDATES}.")
  private UsageFileFormat format;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Provider of all events, for formats that do not name it.")
  private @Nullable String provider;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Model of all events, for formats that do not name it.")
  private @Nullable String model;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Price list to publish before the events are sent.")
  private @Nullable Path prices;

  @Mixin private PricesFormatOption pricesFormat;

  @Option(
      names = "--speed",
      paramLabel = "TIMES",
      defaultValue = "0",
      description =
          "Send the events as far apart as they happened, divided by this: 1 takes as long as the"
              + " file's events did, 60 a sixtieth of it. Default: as fast as possible.")
  private double speed;

  @Option(names = "--json", description = "Print the summary as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = command.commandLine().getErr();
    requireConsistentOptions();
    StopSignal stop = StopSignal.install();
    ProgressLine line = ProgressLine.onStandardError(err);
    try (UsageFileReader reader = open();
        ReplaySession session = openSession(priceRows(err), stop, line)) {
      Replay replay =
          new Replay(
              session.cluster(), stop, session.leftBehind(), new ReplayProgress(file, err, line));
      ReplaySummary summary =
          replay.run(reader, new Pace(speed), session::keepProcessing, session::prices);
      print(new ReplayReport(summary));
      return verdict(summary, session, err);
    } finally {
      line.clear();
    }
  }

  private void requireConsistentOptions() {
    boolean named = provider != null && model != null;
    if (format == UsageFileFormat.AZURE_LLM_TRACE && !named) {
      throw wrongUsage("--format " + format + " needs --provider and --model");
    }
    if (format == UsageFileFormat.USAGE_JSON && (provider != null || model != null)) {
      throw wrongUsage("--format " + format + " takes provider and model from the file");
    }
    if (speed < 0 || !Double.isFinite(speed)) {
      throw wrongUsage("--speed must be 0 or more");
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private UsageFileReader open() throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(file + " is a directory, not a usage file");
    }
    InputStream in = Files.newInputStream(file);
    try {
      return switch (format) {
        case USAGE_JSON -> new UsageJsonReader(in);
        case AZURE_LLM_TRACE ->
            new AzureLlmTraceReader(in, String.valueOf(provider), String.valueOf(model));
      };
    } catch (WrongFormatException e) {
      in.close();
      throw new CommandFailedException(
          file + " is not in the format " + format + ": " + e.getMessage(), e);
    }
  }

  private List<PriceRow> priceRows(PrintWriter err) throws IOException {
    return prices == null ? List.of() : pricesFormat.rows(prices, err);
  }

  private ReplaySession openSession(List<PriceRow> rows, StopSignal stop, ProgressLine line)
      throws Exception {
    if (!cluster.isGiven()) {
      return ReplaySession.embedded(rows, stop, line);
    }
    Map<String, String> settings = cluster.settings();
    registry.addTo(settings);
    return ReplaySession.onCluster(settings, cluster.asGiven(), rows, stop, line);
  }

  private void print(ReplayReport report) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(report.json());
    } else {
      report.text().forEach(out::println);
    }
  }

  private int verdict(ReplaySummary summary, ReplaySession session, PrintWriter err) {
    if (summary.lines() == 0) {
      err.println(file + " has no lines: nothing was sent");
    } else if (summary.events() == 0) {
      err.println(
          "tokenmeter: none of the %s of %s was accepted: mend what is said above, or name another --format than %s, and replay it again"
              .formatted(Figures.counted(summary.lines(), "line"), file, format));
      return 1;
    } else if (summary.rejected() > 0) {
      err.println(
          "%s of %s of %s rejected, and not in the figures; mend and replay the file again: what was accepted counts once"
              .formatted(
                  Figures.count(summary.rejected()),
                  Figures.counted(summary.lines(), "line"),
                  file + (summary.rejected() == 1 ? " was" : " were")));
    }
    return summary.sumsAgree() ? 0 : disagreement(session, err);
  }

  /** On a shared cluster an event may be too old for the roll-ups; here it cannot be. */
  private static int disagreement(ReplaySession session, PrintWriter err) {
    err.println(
        session.isEmbedded()
            ? "tokenmeter: the roll-ups and the costed events do not add up to the same"
            : "The roll-ups differ from the events: events older than rollup.retention.ms are in no"
                + " roll-up, and events sent again after dedupe.horizon.ms are counted again.");
    return session.isEmbedded() ? 1 : 0;
  }
}
