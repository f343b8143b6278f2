package io.tokenmeter.cli.policies;

import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.cluster.TableTopic;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.cli.terminal.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the entries of the topic, or of a file. */
abstract class ListCommand<T> implements Callable<Integer> {
  private final EntryKind<T> kind;

  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Show the entries of this YAML file instead of the cluster's.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--yaml", description = "Print a file that can be applied.")
  private boolean yaml;

  ListCommand(EntryKind<T> kind) {
    this.kind = kind;
  }

  @Override
  public Integer call() throws Exception {
    List<T> entries = read();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      printJson(out, entries);
    } else if (yaml) {
      kind.yaml(entries).forEach(out::println);
    } else {
      print(out, entries);
    }
    return 0;
  }

  private List<T> read() throws IOException {
    PrintWriter err = command.commandLine().getErr();
    if (deployment.isGiven() == (file != null)) {
      throw new ParameterException(
          command.commandLine(),
          "name one of FILE and a cluster (--bootstrap-servers or --config)");
    }
    if (file != null) {
      return EntryFile.read(file, kind, null, err);
    }
    TableTopic.Contents<T> contents = kind.table(deployment.settings()).read();
    contents.unreadable().forEach(problem -> err.println("not readable: " + problem));
    return contents.rows().values().stream().sorted(Comparator.comparing(kind::key)).toList();
  }

  private void print(PrintWriter out, List<T> entries) {
    if (!entries.isEmpty()) {
      Map<String, String> first = kind.fields(entries.get(0));
      TextTable table = new TextTable("l".repeat(first.size()));
      table.row(
          first.keySet().stream()
              .map(field -> field.toUpperCase(Locale.ROOT).replace('_', ' '))
              .toArray(String[]::new));
      entries.forEach(entry -> table.row(kind.fields(entry).values().toArray(String[]::new)));
      table.lines(Terminal.ofStandardOutput().size().columns()).forEach(out::println);
    }
    out.println(entries.size() + " " + (entries.size() == 1 ? kind.one() : kind.many()));
  }

  private void printJson(PrintWriter out, List<T> entries) throws IOException {
    JsonOut.print(
        out,
        object -> {
          object.writeArrayFieldStart(kind.many());
          for (T entry : entries) {
            object.writeStartObject();
            object.writeStringField("key", kind.key(entry));
            for (Map.Entry<String, String> field : kind.fields(entry).entrySet()) {
              object.writeStringField(field.getKey(), field.getValue());
            }
            object.writeEndObject();
          }
          object.writeEndArray();
        });
  }
}
