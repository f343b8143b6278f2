package io.tokenmeter.cli.policies;

import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.cluster.TableTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes the entries of files, or those that are named, from the topic. */
abstract class RemoveCommand<T> implements Callable<Integer> {
  private final EntryKind<T> kind;

  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|KEY",
      description =
          "A YAML file, of whose entries only what tells them apart matters; or the key of an"
              + " entry, as list shows it.")
  private List<String> names;

  @Option(names = "--dry-run", description = "Show what would be removed.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  RemoveCommand(EntryKind<T> kind) {
    this.kind = kind;
  }

  @Override
  public Integer call() throws Exception {
    TableTopic<T> table = kind.table(deployment.settings());
    Set<String> keys = keys();
    Set<String> present = table.read().keys();
    List<Change> changes = new ArrayList<>();
    for (String key : keys) {
      Change.What what = present.contains(key) ? Change.What.REMOVED : Change.What.ABSENT;
      changes.add(new Change(key, what, ""));
    }
    keys.retainAll(present);
    if (!dryRun && !keys.isEmpty()) {
      table.remove(keys);
    }
    if (json) {
      ChangeReport.json(command.commandLine().getOut(), kind, table.name(), dryRun, changes);
    } else {
      ChangeReport.print(command.commandLine().getOut(), kind, table.name(), dryRun, changes);
    }
    return 0;
  }

  private Set<String> keys() throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    for (String name : names) {
      Path file = Path.of(name);
      if (name.endsWith(".yaml") || name.endsWith(".yml") || Files.exists(file)) {
        EntryFile.read(file, kind, null, command.commandLine().getErr())
            .forEach(entry -> keys.add(kind.key(entry)));
      } else {
        keys.add(name);
      }
    }
    return keys;
  }
}
