package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.DurationConverter;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.embedded.EnvironmentOptions;
import io.tokenmeter.pricelists.PriceLists;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows everything at work on one machine. */
@Command(
    name = "demo",
    description = {
      "Shows Tokenmeter at work on this machine: a Kafka broker, a schema registry, the application,"
          + " the bundled list prices, and the traffic of a company with agents in several teams.",
      "",
      "The traffic has resent events, late ones, a few that are wrong, and a model without a price:"
          + " its events are held, and priced when its price is published a little later.",
      "",
      "Some things go wrong: a request reads a whole archive, an agent takes the same step again and"
          + " again, and a team spends its budget. Their alerts are shown as they come. Detectors that"
          + " learn from days of history are switched off by a policy. Nothing is kept afterwards.",
      "",
      "It also takes the usage of your own applications, by OpenTelemetry: the screen shows the one"
          + " environment variable to set for them.",
      ""
    },
    footer = {"", "Example: tokenmeter demo --rate 1000 --duration 2m"})
public final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Events per second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long, such as 90s, 5m or 1h; 0 means until Ctrl-C. Default: 60s.")
  private Duration duration;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same traffic. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--json",
      description = "Print the summary as one JSON object, and nothing before it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (rate < 1 || rate > 1_000_000) {
      throw new ParameterException(
          command.commandLine(), "--rate must be from 1 to 1000000 events per second");
    }
    StopSignal stop = StopSignal.install();
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    ProgressLine progress = new ProgressLine(err, Terminal.ofStandardError().isLive());
    progress.show("starting Kafka and the schema registry");
    try (EmbeddedCluster embedded = EmbeddedCluster.start(EnvironmentOptions.defaults())) {
      new PriceTopic(embedded.settings()).publish(PriceLists.bundled().priceRows());
      DemoGuards.publish(embedded.settings(), rate, duration.isZero() ? null : duration);
      progress.show("starting the application");
      LocalApplication application =
          embedded.environment().closeFirst(LocalApplication.start(embedded.settings()));
      DemoIntake intake = embedded.environment().closeFirst(DemoIntake.start(embedded.settings()));
      progress.clear();
      DemoSummary summary = run(embedded, application, intake, stop, out);
      DemoReport report = new DemoReport(summary);
      if (json) {
        out.println(report.json());
      } else {
        out.println();
        report.text().forEach(out::println);
      }
      return summary.sumsAgree() ? 0 : 1;
    } finally {
      progress.clear();
    }
  }

  private DemoSummary run(
      EmbeddedCluster embedded,
      LocalApplication application,
      DemoIntake intake,
      StopSignal stop,
      PrintWriter out)
      throws Exception {
    @Nullable Duration end = duration.isZero() ? null : duration;
    try (DemoView view = view(embedded, intake, out)) {
      return new Demo(embedded, application, intake, stop, end).run(rate, seed, view);
    }
  }

  private DemoView view(EmbeddedCluster embedded, DemoIntake intake, PrintWriter out) {
    if (json) {
      return DemoView.none();
    }
    Terminal terminal = Terminal.ofStandardOutput();
    if (terminal.isLive()) {
      return DemoView.live(out, terminal);
    }
    out.println("Kafka " + embedded.environment().bootstrapServers());
    out.println("Registry " + embedded.environment().registryUrl());
    out.println("Send your own: " + intake.environmentVariable());
    return DemoView.lines(out);
  }
}
