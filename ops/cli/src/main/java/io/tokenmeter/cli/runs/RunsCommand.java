package io.tokenmeter.cli.runs;

import picocli.CommandLine.Command;

/** Groups the commands about runs of workflows. */
@Command(
    name = "runs",
    description = "Shows what runs of agent workflows cost, and why.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RunsListCommand.class, RunsShowCommand.class})
public final class RunsCommand {}
