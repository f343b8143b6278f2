package io.tokenmeter.cli;

import picocli.CommandLine.Command;

/** Groups the commands about topics. */
@Command(
    name = "topics",
    description = "Creates the topics of the catalogue, or compares them with a cluster.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TopicsCreateCommand.class, TopicsDescribeCommand.class})
final class TopicsCommand {}
