package io.tokenmeter.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the reference of the application's settings. */
@Command(
    name = "settings",
    description = "Prints the reference of all settings of the application, as Markdown.",
    footer = {"", "Example: tokenmeter settings"})
final class SettingsCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    SettingsPage.lines().forEach(command.commandLine().getOut()::println);
    return 0;
  }
}
