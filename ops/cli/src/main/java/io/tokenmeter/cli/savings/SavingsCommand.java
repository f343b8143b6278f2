package io.tokenmeter.cli.savings;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.CountConverter;
import io.tokenmeter.cli.MomentConverter;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.prices.PriceSource;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.cli.totals.LatestCosted;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.savings.CapacityOffer;
import io.tokenmeter.domain.savings.SavingsFinder;
import io.tokenmeter.policyfiles.CapacityFiles;
import io.tokenmeter.policyfiles.FileContents;
import io.tokenmeter.policyfiles.FileEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds what the same work would have cost less. */
@Command(
    name = "savings",
    description = {
      "Prices the requests of some days again as they might have been: in the batch tier, with more"
          + " of their input cached, by a cheaper model that already does the same step or workflow,"
          + " with shorter output, and on capacity rented by the hour.",
      "Each figure names the requests it comes from and what is assumed. Figures are of a month of"
          + " 30 days at the rate of the days looked at; they overlap and do not add up."
    },
    footer = {
      "",
      "Example: tokenmeter savings --batch-eligible 'workflow:nightly-*'"
          + " --config tokenmeter.properties",
      "Example: tokenmeter savings --from 2026-11-01 --to 2026-11-15 --rates capacity.yaml"
          + " --config tokenmeter.properties"
    })
public final class SavingsCommand implements Callable<Integer> {
  private static final Duration USUAL_WINDOW = Duration.ofDays(7);

  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;
  @Mixin private PriceSource prices;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "Start of the days to look at, as a date or a time. Default: 7 days before --to.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "End of the days to look at, exclusive. Default: now.")
  private @Nullable Instant to;

  @Option(
      names = "--batch-eligible",
      paramLabel = "DIMENSION:GLOB",
      description =
          "Whose requests may wait for a batch, such as workflow:nightly-*, operation:embeddings or"
              + " tag:mode:offline; may be repeated. Nobody's unless it is given: usage does not"
              + " say who waits for an answer.")
  private List<String> batchEligible = new ArrayList<>();

  @Option(
      names = "--rates",
      paramLabel = "FILE",
      description = "YAML file of capacity that can be rented by the hour, to compare with.")
  private @Nullable Path rates;

  @Option(
      names = "--min-requests",
      paramLabel = "N",
      converter = CountConverter.class,
      defaultValue = "100",
      description =
          "Say nothing of subjects with fewer requests of a model. Default: ${DEFAULT-VALUE}.")
  private int fewest;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      defaultValue = "10",
      description = "Show at most so many rows of each kind. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Instant end = to == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : to;
    Instant start = from == null ? end.minus(USUAL_WINDOW) : from;
    if (!start.isBefore(end)) {
      throw new ParameterException(command.commandLine(), "--from must be before --to");
    }
    List<SubjectPattern> mayWait = batchPatterns();
    List<CapacityOffer> offers = offers();
    Map<String, String> settings = deployment.settings();
    PriceBook book = prices.book(settings, command.commandLine().getErr());
    Survey survey = new Survey(new SavingsFinder(book, fewest), offers, start, end);
    ProgressLine progress = ProgressLine.onStandardError(command.commandLine().getErr());
    try (LatestCosted requests = LatestCosted.open(Cluster.of(settings), start, end, progress)) {
      survey.read(new ServedRequests(mayWait), requests);
    }
    if (survey.requests() == 0) {
      throw new CommandFailedException(
          "no priced requests from "
              + start
              + " to "
              + end
              + "; look elsewhere with --from and --to");
    }
    SavingsReport report =
        new SavingsReport(
            start,
            end,
            survey.requests(),
            survey.spent(),
            survey.savings(),
            mayWait,
            rates != null);
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      report.json(out);
    } else {
      report.text(limit, Terminal.ofStandardOutput().size().columns()).forEach(out::println);
    }
    return 0;
  }

  private List<SubjectPattern> batchPatterns() {
    try {
      return batchEligible.stream().map(SubjectPattern::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private List<CapacityOffer> offers() throws IOException {
    if (rates == null) {
      return List.of();
    }
    try (Reader text = Files.newBufferedReader(rates, StandardCharsets.UTF_8)) {
      FileContents<CapacityOffer> file = CapacityFiles.read(text);
      if (!file.errors().isEmpty()) {
        throw new CommandFailedException(
            file.errors().stream()
                .map(error -> rates + ", line " + error.line() + ": " + error.message())
                .collect(Collectors.joining("; ")));
      }
      return file.entries().stream().map(FileEntry::value).toList();
    } catch (UnreadableDocumentException e) {
      throw new CommandFailedException(rates + ", line " + e.line() + ": " + e.getMessage(), e);
    }
  }
}
