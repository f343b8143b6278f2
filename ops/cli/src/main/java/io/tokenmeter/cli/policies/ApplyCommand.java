package io.tokenmeter.cli.policies;

import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.cluster.TableTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.generic.IndexedRecord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what is new or changed in a file to the topic. */
abstract class ApplyCommand<T> implements Callable<Integer> {
  private final EntryKind<T> kind;

  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Parameters(paramLabel = "FILE", description = "The YAML file.")
  private Path file;

  @Option(names = "--dry-run", description = "Check the file and show what would change.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ApplyCommand(EntryKind<T> kind) {
    this.kind = kind;
  }

  @Override
  public Integer call() throws Exception {
    TableTopic<T> table = kind.table(deployment.settings());
    List<T> wanted = EntryFile.read(file, kind, table.config(), command.commandLine().getErr());
    Map<String, T> present = table.read().rows();
    List<Change> changes = new ArrayList<>();
    Map<String, IndexedRecord> records = new LinkedHashMap<>();
    for (T entry : wanted) {
      String key = kind.key(entry);
      T before = present.get(key);
      Change change =
          Change.between(key, before == null ? null : kind.fields(before), kind.fields(entry));
      changes.add(change);
      if (change.what() != Change.What.UNCHANGED) {
        records.put(key, kind.record(entry));
      }
    }
    if (!dryRun && !records.isEmpty()) {
      table.put(records);
    }
    if (json) {
      ChangeReport.json(command.commandLine().getOut(), kind, table.name(), dryRun, changes);
    } else {
      ChangeReport.print(command.commandLine().getOut(), kind, table.name(), dryRun, changes);
    }
    return 0;
  }
}
