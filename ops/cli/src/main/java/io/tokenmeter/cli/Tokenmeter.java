package io.tokenmeter.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code tokenmeter}: exit code 0 on success, 1 on an error, 2 on wrong usage. */
@Command(
    name = "tokenmeter",
    description = "Meters LLM inference: usage events in, exact money out.",
    mixinStandardHelpOptions = true,
    version = "tokenmeter 0.1.0-SNAPSHOT")
public final class Tokenmeter {

  public static void main(String[] args) {
    System.exit(new CommandLine(new Tokenmeter()).execute(args));
  }
}
