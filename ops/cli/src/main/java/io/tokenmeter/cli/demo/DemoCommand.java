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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows everything at work on one machine. */
@Command(
    name = "demo",
    description = {
      "Shows Tokenmeter at work on this machine: a Kafka broker, a schema registry, the"
          + " application, the bundled list prices, and the traffic of a company with agents in"
          + " several teams.",
      "",
      "First it meters the week before, so that the detectors know what is normal. Then an hour of"
          + " the company passes in a minute: its clock is sixty times as fast.",
      "",
      "The traffic has resent events, late ones, a few that are wrong, and a model without a price:"
          + " its events are held, and priced when its price is published. One of each kind of"
          + " fault happens: a producer falls silent, a request reads a whole archive, requests"
          + " move to a dearer model, a key leaks, an agent is lost in a loop, a team spends its"
          + " budget. Their alerts are shown as they come. Nothing is kept afterwards.",
      "",
      "With --duration 0 the company goes on in the present after the first minute, and the demo"
          + " takes the usage of your own applications as well, by OpenTelemetry: the screen shows"
          + " the one environment variable to set for them.",
      ""
    },
    footer = {"", "Example: tokenmeter demo --duration 3m"})
public final class DemoCommand implements Callable<Integer> {
  /** One, so that the week before is read in its order, as it happened. */
  private static final int PARTITIONS = 1;

  private static final int LEAST_RATE = 6;
  private static final int LARGEST_RATE = 120;

  /** Wider lines of text are hard to read. */
  private static final int MOST_COLUMNS = 110;

  @Spec private CommandSpec command;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "12",
      description =
          "Size of the company: events per second when it is busy. The week before grows with it."
              + " Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "How long, such as 90s, 5m or 1h; 0 means until Ctrl-C. Default: 60s, in which everything"
              + " happens.")
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
    if (rate < LEAST_RATE || rate > LARGEST_RATE) {
      throw new ParameterException(
          command.commandLine(),
          "--rate must be from %d to %d events per second".formatted(LEAST_RATE, LARGEST_RATE));
    }
    StopSignal stop = StopSignal.install();
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    ProgressLine progress = ProgressLine.onStandardError(err);
    progress.show("starting Kafka and the schema registry");
    try (EmbeddedCluster embedded =
        EmbeddedCluster.start(EnvironmentOptions.defaults(), PARTITIONS)) {
      stop.requireNone("before the demo began");
      new PriceTopic(embedded.settings()).publish(PriceLists.bundled().priceRows());
      progress.show("starting the application");
      LocalApplication application =
          embedded.environment().closeFirst(LocalApplication.start(embedded.settings(), stop));
      DemoSummary summary = run(embedded, application, stop, out, progress);
      DemoReport report = new DemoReport(summary, width());
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
      StopSignal stop,
      PrintWriter out,
      ProgressLine progress)
      throws Exception {
    String config = embedded.writeConfig("demo").toString();
    DemoPlan plan = new DemoPlan(rate, seed, duration.isZero() ? null : duration, config);
    try (Demo demo = new Demo(embedded, application, plan)) {
      demo.prepare(stop, progress::show);
      progress.clear();
      try (DemoView view = view(out)) {
        return demo.run(stop, view);
      }
    }
  }

  private static int width() {
    Terminal terminal = Terminal.ofStandardOutput();
    return Math.min(MOST_COLUMNS, terminal.size().columns());
  }

  private DemoView view(PrintWriter out) {
    if (json) {
      return DemoView.none();
    }
    Terminal terminal = Terminal.ofStandardOutput();
    if (terminal.isLive()) {
      return DemoView.live(out, terminal);
    }
    return DemoView.lines(out, width());
  }
}
