package io.tokenmeter.cli.warehouse;

import io.tokenmeter.warehouse.WarehouseScript;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the SQL that sets a warehouse up. */
@Command(
    name = "sql",
    description =
        "Prints the SQL that creates the tables, partitions and views. It may be run again: it"
            + " keeps what is there.",
    footer = {"", "Example: tokenmeter warehouse sql | psql -v ON_ERROR_STOP=1 -d warehouse"})
final class WarehouseSqlCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private SinkKindOption warehouse;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    for (WarehouseScript script : WarehouseScript.of(warehouse.kind())) {
      out.println(script.text());
    }
    out.flush();
    return 0;
  }
}
