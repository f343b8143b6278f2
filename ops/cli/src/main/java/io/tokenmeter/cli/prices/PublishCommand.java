package io.tokenmeter.cli.prices;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.pricelists.ListFinding;
import io.tokenmeter.pricelists.PriceList;
import io.tokenmeter.pricelists.PriceLists;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Publishes a price list to the application. */
@Command(
    name = "publish",
    description = {
      "Checks a price list and writes its rows to the price table, from where the application takes"
          + " them at once; events that waited for a price are priced then. Waits until the brokers"
          + " have every row.",
      "A row replaces the one with the same provider, model, start, region, project and team. Rows"
          + " that a file no longer holds stay until they are withdrawn with --withdraw."
    },
    footer = {
      "",
      "Example: tokenmeter prices publish prices.yaml --bootstrap-servers localhost:9092"
          + " --registry http://localhost:8080/apis/registry/v3",
      "Example: tokenmeter prices publish old.yaml --withdraw --config tokenmeter.properties"
    })
final class PublishCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private FormatOption format;
  @Mixin private DeploymentOptions deployment;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The price list.")
  private @Nullable Path file;

  @Option(names = "--bundled", description = "Publish the list prices that come with Tokenmeter.")
  private boolean bundled;

  @Option(names = "--allow-warnings", description = "Publish although the check has warnings.")
  private boolean allowWarnings;

  @Option(
      names = "--withdraw",
      description = "Withdraw the file's rows from the price table instead.")
  private boolean withdraw;

  @Option(names = "--dry-run", description = "Check only, and say what would be done.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (bundled == (file != null)) {
      throw new ParameterException(command.commandLine(), "name one of FILE and --bundled");
    }
    Map<String, String> settings = Map.of();
    if (!dryRun) {
      settings = deployment.settings();
    }
    PriceList list =
        file == null
            ? PriceLists.bundled()
            : PriceFiles.read(file, format.format(), format.options());
    List<PriceRow> rows = list.priceRows();
    if (rows.isEmpty()) {
      throw new CommandFailedException(file + " has no usable price row");
    }
    List<ListFinding> findings = withdraw ? List.of() : new ArrayList<>(PriceLists.check(list));
    if (!PublishCheck.mayPublish(findings, allowWarnings, command.commandLine().getErr())) {
      return 1;
    }
    String topic = "";
    if (!dryRun) {
      PriceTopic table = new PriceTopic(settings);
      topic = table.name();
      if (withdraw) {
        table.withdraw(rows.stream().map(PriceRow::key).toList());
      } else {
        table.publish(rows);
      }
    }
    report(topic, rows.size(), findings);
    return 0;
  }

  private void report(String topic, int rows, List<ListFinding> findings) throws Exception {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      JsonOut.print(
          out,
          object -> {
            object.writeStringField("topic", topic);
            object.writeNumberField(withdraw ? "withdrawn" : "published", dryRun ? 0 : rows);
            object.writeNumberField("rows", rows);
            object.writeBooleanField("dry_run", dryRun);
            FindingReport.counts(object, findings);
          });
      return;
    }
    String done = withdraw ? "withdrawn from" : "published to";
    out.println(
        rows
            + (rows == 1 ? " row " : " rows ")
            + (dryRun ? "would be " + done + " the price table" : done + " " + topic));
  }
}
