package io.tokenmeter.cli.backtest;

import picocli.CommandLine.Command;

/** Groups the commands that run a detector over history. */
@Command(
    name = "backtest",
    description = "Runs a detector over history, to tune a policy before it is switched on.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AnomalyCommand.class, DriftCommand.class})
public final class BacktestCommand {}
