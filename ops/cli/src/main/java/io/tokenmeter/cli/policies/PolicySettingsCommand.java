package io.tokenmeter.cli.policies;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the reference of the detectors' settings. */
@Command(
    name = "settings",
    description = "Prints the reference of all settings of policies and budgets, as Markdown.",
    footer = {"", "Example: tokenmeter policies settings"})
final class PolicySettingsCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PolicyPage.lines().forEach(command.commandLine().getOut()::println);
    return 0;
  }
}
