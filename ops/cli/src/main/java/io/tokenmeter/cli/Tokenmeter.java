package io.tokenmeter.cli;

import io.tokenmeter.benchmarks.workload.Variant;
import io.tokenmeter.cli.alerts.AlertsCommand;
import io.tokenmeter.cli.backtest.BacktestCommand;
import io.tokenmeter.cli.cost.CostCommand;
import io.tokenmeter.cli.demo.DemoCommand;
import io.tokenmeter.cli.estimate.EstimateCommand;
import io.tokenmeter.cli.forecast.ForecastCommand;
import io.tokenmeter.cli.intake.IntakeCommand;
import io.tokenmeter.cli.policies.BudgetsCommand;
import io.tokenmeter.cli.policies.PoliciesCommand;
import io.tokenmeter.cli.prices.PricesCommand;
import io.tokenmeter.cli.reconcile.ReconcileCommand;
import io.tokenmeter.cli.replay.ReplayCommand;
import io.tokenmeter.cli.reprice.RepriceCommand;
import io.tokenmeter.cli.runs.RunsCommand;
import io.tokenmeter.cli.savings.SavingsCommand;
import io.tokenmeter.cli.warehouse.WarehouseCommand;
import io.tokenmeter.invoices.InvoiceFormat;
import io.tokenmeter.pricelists.PriceListFormat;
import io.tokenmeter.usagefiles.UsageFileFormat;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command {@code tokenmeter}: exit code 0 on success, 1 on an error, 2 on wrong usage. */
@Command(
    name = "tokenmeter",
    description = "Meters LLM inference: usage events in, exact money out, exactly once.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      TopicsCommand.class,
      PricesCommand.class,
      BudgetsCommand.class,
      PoliciesCommand.class,
      AlertsCommand.class,
      CostCommand.class,
      EstimateCommand.class,
      ForecastCommand.class,
      ReconcileCommand.class,
      SavingsCommand.class,
      ReplayCommand.class,
      RepriceCommand.class,
      RunCommand.class,
      IntakeCommand.class,
      BacktestCommand.class,
      RunsCommand.class,
      WarehouseCommand.class,
      BenchCommand.class,
      EmbeddedCommand.class,
      SettingsCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    scope = ScopeType.INHERIT)
public final class Tokenmeter {

  private static final String LOG_CONFIGURATION = "logback.configurationFile";

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  public static void main(String[] args) {
    chooseLog(args);
    CommandLine commandLine = commandLine();
    commandLine.setOut(utf8(FileDescriptor.out));
    commandLine.setErr(utf8(FileDescriptor.err));
    int exitCode = commandLine.execute(args);
    commandLine.getOut().flush();
    System.exit(exitCode);
  }

  /** A service logs what it does; the other commands log only what is wrong. */
  private static void chooseLog(String[] args) {
    boolean service = args.length > 0 && (args[0].equals("run") || args[0].equals("intake"));
    if (service && System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(LOG_CONFIGURATION, "logback-run.xml");
    }
  }

  /** The whole command line, writing wherever the caller sends it. */
  static CommandLine commandLine() {
    Tokenmeter root = new Tokenmeter();
    CommandErrors errors = new CommandErrors(() -> root.debug);
    return new CommandLine(root)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(UsageFileFormat.class, text -> named(text, UsageFileFormat.values()))
        .registerConverter(InvoiceFormat.class, text -> named(text, InvoiceFormat.values()))
        .registerConverter(PriceListFormat.class, text -> named(text, PriceListFormat.values()))
        .registerConverter(Variant.class, text -> named(text, Variant.values()))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /**
   * The constant of this name, as the command line shows it; Java's own names mean nothing there.
   */
  private static <E extends Enum<E>> E named(String text, E[] constants) {
    for (E constant : constants) {
      if (constant.toString().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    String names =
        Arrays.stream(constants)
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new TypeConversionException("'" + text + "' is not one of " + names);
  }

  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
