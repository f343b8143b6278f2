package io.tokenmeter.cli.alerts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.terminal.LiveScreen;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.streams.avro.RecordJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows alerts. */
@Command(
    name = "alerts",
    description = {
      "Shows alerts, the most urgent first: those that fire, and those that ended within the last"
          + " hour.",
      "With --follow the list stays and changes; where the output is no terminal, and with --json,"
          + " each change is printed as it comes."
    },
    footer = {
      "",
      "Example: tokenmeter alerts --follow --config tokenmeter.properties",
      "Example: tokenmeter alerts --firing --json --config tokenmeter.properties"
    })
public final class AlertsCommand implements Callable<Integer> {
  private static final Duration RECENT = Duration.ofHours(1);
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final JsonFactory JSON = new JsonFactory();

  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Option(names = "--follow", description = "Go on until Ctrl-C.")
  private boolean follow;

  @Option(names = "--all", description = "Show all that the topic has, however old.")
  private boolean all;

  @Option(names = "--firing", description = "Show only those that fire.")
  private boolean firing;

  @Option(
      names = "--json",
      description = "Print one JSON object; with --follow one in a line for each change.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (all && firing) {
      throw new ParameterException(command.commandLine(), "--all and --firing exclude each other");
    }
    Cluster cluster = Cluster.of(deployment.settings());
    requireTopic(cluster);
    PrintWriter out = command.commandLine().getOut();
    Terminal terminal = Terminal.ofStandardOutput();
    if (!follow) {
      try (AlertFeed feed = new AlertFeed(cluster, alert -> {})) {
        feed.readToEnd();
        print(out, feed.board(), terminal);
      }
    } else if (json) {
      followChanges(cluster, alert -> printLine(out, alert));
    } else if (!terminal.isLive()) {
      AlertText text = text(new Style(false));
      followChanges(
          cluster,
          alert ->
              text.lines(alert, Instant.now(), terminal.size().columns()).forEach(out::println));
    } else {
      followOnScreen(cluster, out, terminal);
    }
    return 0;
  }

  private void print(PrintWriter out, AlertBoard board, Terminal terminal) throws IOException {
    Instant now = Instant.now();
    List<Alert> alerts = board.sorted(alert -> isWanted(alert, now));
    if (json) {
      JsonOut.print(
          out,
          object -> {
            object.writeArrayFieldStart("alerts");
            for (Alert alert : alerts) {
              writeJson(object, alert);
            }
            object.writeEndArray();
          });
      return;
    }
    AlertText text = text(new Style(terminal.hasColour()));
    int width = terminal.size().columns();
    for (Alert alert : alerts) {
      text.lines(alert, now, width).forEach(out::println);
      out.println();
    }
    out.println(counts(board, alerts.size()));
  }

  private void followChanges(Cluster cluster, Consumer<Alert> printer) {
    StopSignal stop = StopSignal.install();
    Instant started = Instant.now();
    try (AlertFeed feed =
        new AlertFeed(
            cluster,
            alert -> {
              if (isWanted(alert, started)) {
                printer.accept(alert);
              }
            })) {
      while (!stop.isRequested()) {
        feed.poll(REDRAW);
      }
    }
  }

  private void followOnScreen(Cluster cluster, PrintWriter out, Terminal terminal) {
    StopSignal stop = StopSignal.install();
    AlertText text = text(new Style(terminal.hasColour()));
    Style style = new Style(terminal.hasColour());
    try (AlertFeed feed = new AlertFeed(cluster, alert -> {});
        LiveScreen screen = new LiveScreen(out)) {
      feed.readToEnd();
      while (!stop.isRequested()) {
        screen.draw(picture(feed.board(), text, style, terminal.size()));
        feed.poll(REDRAW);
      }
    }
  }

  private List<String> picture(AlertBoard board, AlertText text, Style style, Terminal.Size size) {
    Instant now = Instant.now();
    int width = size.columns() - 1;
    List<Alert> alerts = board.sorted(alert -> isWanted(alert, now));
    List<String> lines = new ArrayList<>();
    lines.add(style.bold("Tokenmeter alerts  " + counts(board, alerts.size())));
    lines.add(style.dim("Ctrl-C ends it"));
    for (Alert alert : alerts) {
      lines.add("");
      lines.addAll(text.lines(alert, now, width));
    }
    return lines.subList(0, Math.min(lines.size(), Math.max(1, size.rows() - 1)));
  }

  private String counts(AlertBoard board, int shown) {
    long firingNow = board.firing();
    long others = shown - (firing ? shown : Math.min(shown, firingNow));
    return firingNow
        + " firing"
        + (firing ? "" : ", " + others + (all ? " resolved" : " resolved within the hour"));
  }

  private boolean isWanted(Alert alert, Instant now) {
    if (all || AlertBoard.isFiring(alert)) {
      return true;
    }
    return !firing && alert.getUpdatedAt().isAfter(now.minus(RECENT));
  }

  private static AlertText text(Style style) {
    return new AlertText(style, ZoneId.systemDefault());
  }

  private static void printLine(PrintWriter out, Alert alert) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(line)) {
      writeJson(generator, alert);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(line);
    out.flush();
  }

  private static void writeJson(JsonGenerator generator, Alert alert) throws IOException {
    generator.writeStartObject();
    RecordJson.writeFields(generator, alert);
    generator.writeEndObject();
  }

  private static void requireTopic(Cluster cluster)
      throws InterruptedException, ExecutionException {
    String topic = cluster.topic("alerts");
    try (Admin admin = cluster.admin()) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new CommandFailedException(
            "there is no topic " + topic + "; create it with: tokenmeter topics create", e);
      }
      throw e;
    }
  }
}
