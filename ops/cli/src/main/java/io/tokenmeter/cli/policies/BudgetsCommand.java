package io.tokenmeter.cli.policies;

import io.tokenmeter.domain.budget.Budget;
import picocli.CommandLine.Command;

/** Groups the commands about budgets. */
@Command(
    name = "budgets",
    description = "Applies, lists and removes budgets: spending limits that raise alerts.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BudgetsCommand.Apply.class,
      BudgetsCommand.Show.class,
      BudgetsCommand.Remove.class
    })
public final class BudgetsCommand {

  @Command(
      name = "apply",
      description = {
        "Writes the new and changed budgets of a file to the topic budgets, from where they hold at"
            + " once, also for what was spent in their period before. Raising a limit ends the"
            + " alerts that are not true any more.",
        "Budgets that a file no longer holds stay until they are removed. A file with an error is"
            + " not applied at all."
      },
      footer = {
        "",
        "Example: tokenmeter budgets apply budgets.yaml --config tokenmeter.properties"
      })
  static final class Apply extends ApplyCommand<Budget> {
    Apply() {
      super(new BudgetKind());
    }
  }

  @Command(
      name = "list",
      description = "Shows the budgets of a cluster, or of a file.",
      footer = {"", "Example: tokenmeter budgets list --config tokenmeter.properties --yaml"})
  static final class Show extends ListCommand<Budget> {
    Show() {
      super(new BudgetKind());
    }
  }

  @Command(
      name = "remove",
      description = "Removes budgets, which ends their alerts.",
      footer = {
        "",
        "Example: tokenmeter budgets remove helpdesk-monthly --config tokenmeter.properties"
      })
  static final class Remove extends RemoveCommand<Budget> {
    Remove() {
      super(new BudgetKind());
    }
  }
}
