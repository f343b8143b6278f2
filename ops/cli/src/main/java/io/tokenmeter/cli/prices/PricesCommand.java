package io.tokenmeter.cli.prices;

import picocli.CommandLine.Command;

/** Groups the commands about price lists. */
@Command(
    name = "prices",
    description = "Checks, imports, publishes and lists price lists.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CheckCommand.class,
      ImportCommand.class,
      PublishCommand.class,
      ListCommand.class
    })
public final class PricesCommand {}
