package io.tokenmeter.cli.warehouse;

import picocli.CommandLine.Command;

/** Groups the commands about warehouses. */
@Command(
    name = "warehouse",
    description = "Prints the SQL of a warehouse, and prints or installs the sinks that fill it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {WarehouseSqlCommand.class, WarehouseConnectorsCommand.class})
public final class WarehouseCommand {}
