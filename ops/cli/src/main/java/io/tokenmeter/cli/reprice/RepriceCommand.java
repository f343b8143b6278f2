package io.tokenmeter.cli.reprice;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.DurationConverter;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.MomentConverter;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.cli.cluster.RequiredTopics;
import io.tokenmeter.cli.prices.PriceFiles;
import io.tokenmeter.cli.prices.PricesFormatOption;
import io.tokenmeter.cli.prices.PublishCheck;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.pricelists.PriceList;
import io.tokenmeter.pricelists.PriceLists;
import io.tokenmeter.pricelists.ReadOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Applies a corrected price to the past. */
@Command(
    name = "reprice",
    description = {
      "Applies the prices as they are now to past usage: every event in costed-usage that would cost"
          + " anything else gets a new revision, and the roll-ups and runs that it belongs to are"
          + " corrected by the difference. They then agree to the last digit with an application"
          + " that knew the prices from the start.",
      "Publish the corrected rows first, or give them with --prices. The application answers the"
          + " requests, while it goes on metering; with --wait the command waits for that and adds"
          + " up what has been written. It may be interrupted and repeated, by several people at"
          + " once: a correction is made once."
    },
    footer = {
      "",
      "Example: tokenmeter reprice --provider openai --model gpt-4o --from 2026-11-01 --to"
          + " 2026-11-20 --dry-run --config tokenmeter.properties",
      "Example: tokenmeter reprice --provider openai --model gpt-4o --from 2026-11-01 --to"
          + " 2026-11-20 --prices corrected.yaml --wait --config tokenmeter.properties"
    })
public final class RepriceCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      required = true,
      description = "Provider of the events.")
  private String provider;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description =
          "Model of the events: as served, or as it is named by the price row that has priced them"
              + " or prices them now.")
  private String model;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      converter = MomentConverter.class,
      description = "Earliest time of an event, such as 2026-11-01 or 2026-11-01T09:00:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      required = true,
      converter = MomentConverter.class,
      description = "Latest time of an event, exclusive.")
  private Instant to;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Price list to publish first. In a dry run it is only reckoned with.")
  private @Nullable Path prices;

  @Mixin private PricesFormatOption pricesFormat;

  @Option(names = "--allow-warnings", description = "Publish although the check has warnings.")
  private boolean allowWarnings;

  @Option(
      names = "--allow-unpriced",
      description =
          "Also correct events that have a cost but are covered by no row any more: they become"
              + " unpriced, and are held until a row covers them. Otherwise they stay as they are.")
  private boolean allowUnpriced;

  @Option(names = "--dry-run", description = "Only say what would be corrected.")
  private boolean dryRun;

  @Option(
      names = "--wait",
      description = "Wait until everything is corrected, and check what it adds up to.")
  private boolean wait;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description =
          "How long --wait goes on while nothing happens, such as 90s or 5m. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration patience;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!from.isBefore(to)) {
      throw new ParameterException(command.commandLine(), "--from must be before --to");
    }
    if (dryRun && wait) {
      throw new ParameterException(
          command.commandLine(), "--dry-run and --wait exclude each other");
    }
    Map<String, String> settings = deployment.settings();
    Cluster named = Cluster.of(settings);
    try (Admin admin = named.admin()) {
      RequiredTopics.require(admin, named.topic(""), deployment.asGiven());
    }
    PriceTopic table = new PriceTopic(settings);
    List<PriceRow> rows = rows();
    if (!rows.isEmpty() && !dryRun) {
      table.publish(rows);
    }
    return reprice(named, table.read(), rows);
  }

  private List<PriceRow> rows() throws Exception {
    if (prices == null) {
      return List.of();
    }
    PriceList list = PriceFiles.read(prices, pricesFormat.format(), ReadOptions.DEFAULT);
    PrintWriter err = command.commandLine().getErr();
    if (!PublishCheck.mayPublish(PriceLists.check(list), allowWarnings, err)) {
      throw new CommandFailedException("nothing was priced again");
    }
    if (list.priceRows().isEmpty()) {
      throw new CommandFailedException(prices + " has no usable price row");
    }
    return list.priceRows();
  }

  private int reprice(Cluster named, PriceTopic.Contents known, List<PriceRow> rows)
      throws Exception {
    List<PriceRow> all = new ArrayList<>(known.rows());
    all.addAll(rows); // of two with one key the later stands
    PriceBook book = PriceBook.of(all);
    Scope scope = new Scope(provider, model, from, to);
    PastUsage past = new PastUsage(scope, book, named.config(), allowUnpriced, Instant.now());
    try (CostedUsageTopic topic = new CostedUsageTopic(named)) {
      Map<TopicPartition, Long> ends = topic.ends();
      if (dryRun) {
        print(new RepriceReport(scope, past.find(topic, ends, (record, recosting) -> {})), null);
        return 0;
      }
      try (RequestSender sender = new RequestSender(named, known.readTo())) {
        RunSteps runs = new RunSteps(scope, book);
        Corrections corrections =
            past.find(
                topic,
                ends,
                (record, recosting) -> {
                  runs.note(recosting);
                  sender.send(record, recosting);
                });
        Answers answers = sender.flush();
        if (wait) {
          ProgressLine line = ProgressLine.onStandardError(command.commandLine().getErr());
          new AnswerWait(named, patience, line).await(topic, ends, answers);
          runs.offer(topic, sender::offer);
          sender.flush();
        }
        print(new RepriceReport(scope, corrections), answers);
        return verdict(named, corrections, answers);
      }
    }
  }

  private void print(RepriceReport report, @Nullable Answers answers) throws Exception {
    PrintWriter out = command.commandLine().getOut();
    if (!json) {
      report.text().forEach(out::println);
      return;
    }
    JsonOut.print(
        out,
        object -> {
          report.json(object);
          object.writeBooleanField("dry_run", dryRun);
          object.writeNumberField("requests", answers == null ? 0 : answers.all());
          if (wait && answers != null) {
            object.writeNumberField("answered", answers.all() - answers.missing());
            object.writeStringField("answered_cost_usd", answers.cost().toPlainString());
          }
        });
  }

  private int verdict(Cluster named, Corrections corrections, Answers answers) {
    PrintWriter err = command.commandLine().getErr();
    boolean someStay = corrections.losingPrice > 0 && !allowUnpriced;
    if (someStay) {
      err.println(
          Figures.count(corrections.losingPrice)
              + " events are covered by no price row any more and stay as they are; publish a row"
              + " for them, or make them unpriced with --allow-unpriced");
    }
    if (answers.all() == 0) {
      err.println(someStay ? "Nothing else has to be corrected." : "Nothing has to be corrected.");
    } else if (!wait) {
      err.println(
          Figures.count(answers.all())
              + " requests are in "
              + named.topic("reprice-requests")
              + ". All are answered when the same command with --dry-run finds nothing to"
              + " correct.");
    } else if (!answers.cost().equals(answers.expectedCost())) {
      err.println(
          "tokenmeter: the corrected events cost "
              + answers.cost()
              + " and not "
              + answers.expectedCost()
              + ": prices have changed meanwhile. Repeat the command.");
      return 1;
    } else {
      err.println(
          Figures.count(answers.all())
              + " events are corrected, and cost exactly "
              + answers.cost()
              + ". The roll-ups are written too.");
    }
    return 0;
  }
}
