package io.tokenmeter.cli.reconcile;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.prices.PriceSource;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.reconcile.Billed;
import io.tokenmeter.domain.reconcile.Metered;
import io.tokenmeter.domain.reconcile.Reconciliation;
import io.tokenmeter.domain.reconcile.Tolerance;
import io.tokenmeter.invoices.Invoice;
import io.tokenmeter.invoices.InvoiceFiles;
import io.tokenmeter.invoices.InvoiceFormat;
import io.tokenmeter.streams.topics.TopicCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares a provider's export with costed usage. */
@Command(
    name = "reconcile",
    description = {
      "Compares a provider's export of usage or cost with costed usage, by day and model, and says"
          + " what the likely cause of a difference is.",
      "Exit code 0 means that every day of every model is within the tolerance, 1 that one is not."
          + " The format is told by the file's content; one of your own is CSV with a header:"
          + " date,model,input_tokens,cache_read_tokens,cache_write_tokens,output_tokens,requests,"
          + "cost_usd,service_tier, of which only date is needed."
    },
    footer = {
      "",
      "Example: tokenmeter reconcile --invoice costs.json --config tokenmeter.properties",
      "Example: tokenmeter reconcile --invoice bill.csv --provider mistral --tolerance 0.005"
          + " --config tokenmeter.properties"
    })
public final class ReconcileCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;
  @Mixin private PriceSource prices;

  @Option(
      names = "--invoice",
      paramLabel = "FILE",
      required = true,
      description = "The export; repeat it for the pages of one export, in their order.")
  private List<Path> files;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "What the export is: ${COMPLETION-CANDIDATES}. Default: told by its content.")
  private @Nullable InvoiceFormat format;

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "The provider in usage events. Default: openai or anthropic, by the format.")
  private @Nullable String provider;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description =
          "How far tokens and dollars of a day may be apart, as a share or in percent."
              + " Default: ${DEFAULT-VALUE}.")
  private String tolerance;

  @Option(
      names = "--tolerance-usd",
      paramLabel = "USD",
      defaultValue = "0.01",
      description =
          "Dollars of a day that are within the tolerance in any case. Default: ${DEFAULT-VALUE}.")
  private BigDecimal toleranceUsd;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description =
          "Where the export's days begin; OpenAI's and Anthropic's are of UTC."
              + " Default: ${DEFAULT-VALUE}.")
  private ZoneId zone;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      defaultValue = "events",
      description =
          "Where what was metered is taken from: ${COMPLETION-CANDIDATES}. Roll-ups are kept for"
              + " longer than events, and take models of one name at several providers together."
              + " Default: ${DEFAULT-VALUE}.")
  private MeteredSource source;

  @Option(names = "--all", description = "Show the days that agree, too.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Tolerance within = tolerance();
    Invoice invoice = invoice();
    String of = provider(invoice);
    Map<String, String> settings = deployment.settings();
    ModelNames names = new ModelNames(prices.book(settings, command.commandLine().getErr()), of);
    Billed billed = new Billed(invoice.lines(), invoice.days(), names::of);
    if (billed.days().isEmpty()) {
      throw new CommandFailedException(files.get(0) + " covers no day, so that nothing is billed");
    }
    MeteredReader reader = reader(of, names, invoice, billed);
    // A day more on either side shows whether days begin at another time.
    Metered metered =
        reader.read(
            Cluster.of(settings),
            start(billed.days().first().minusDays(1)),
            start(billed.days().last().plusDays(2)));
    Reconciliation result = new Reconciliation(billed, metered, zone, within);
    print(
        new ReconcileReport(
            invoice,
            of,
            zone,
            within,
            billed,
            result,
            reader.requests(),
            source,
            mayBeGone(billed)));
    return result.agrees() ? 0 : 1;
  }

  private MeteredReader reader(String of, ModelNames names, Invoice invoice, Billed billed) {
    boolean feesApart = billed.isByModel() && invoice.hasFeesApart();
    if (source == MeteredSource.EVENTS) {
      ProgressLine progress = ProgressLine.onStandardError(command.commandLine().getErr());
      return new MeteredEvents(of, names, feesApart, progress);
    }
    return new MeteredRollups(
        names, model -> names.isPriced(model) || billed.hasModel(model), feesApart);
  }

  /** Events are deleted sooner than finance asks for them. */
  private boolean mayBeGone(Billed billed) {
    String retention =
        TopicCatalogue.load().topic("costed-usage").settings().get(TopicConfig.RETENTION_MS_CONFIG);
    return source == MeteredSource.EVENTS
        && retention != null
        && start(billed.days().first())
            .isBefore(Instant.now().minusMillis(Long.parseLong(retention)));
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  private void print(ReconcileReport report) throws IOException {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      ReconcileJson.print(out, report);
    } else {
      report.text(all, Terminal.ofStandardOutput().size().columns()).forEach(out::println);
    }
  }

  private Tolerance tolerance() {
    String number = tolerance.strip();
    boolean percent = number.endsWith("%");
    try {
      BigDecimal share =
          new BigDecimal(percent ? number.substring(0, number.length() - 1).strip() : number);
      return new Tolerance(percent ? share.movePointLeft(2) : share, toleranceUsd);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(),
          "--tolerance must be from 0 to 1, or in percent, and --tolerance-usd 0 or more, not "
              + tolerance
              + " and "
              + toleranceUsd,
          e);
    }
  }

  private Invoice invoice() throws IOException {
    Invoice invoice = null;
    for (Path file : files) {
      Invoice next = read(file);
      if (invoice != null && invoice.format() != next.format()) {
        throw new CommandFailedException(
            file + " is " + next.format() + ", and " + files.get(0) + " is " + invoice.format());
      }
      invoice = invoice == null ? next : invoice.and(next);
    }
    return Objects.requireNonNull(invoice);
  }

  private Invoice read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(file + " is a directory, not an export");
    }
    try {
      return InvoiceFiles.read(file, format);
    } catch (UnreadableDocumentException e) {
      throw new CommandFailedException(file + ", line " + e.line() + ": " + e.getMessage(), e);
    }
  }

  private String provider(Invoice invoice) {
    if (provider != null) {
      return provider;
    }
    String usual = invoice.format().provider();
    if (usual == null) {
      throw new ParameterException(
          command.commandLine(), "an export of the format csv needs --provider");
    }
    return usual;
  }
}
