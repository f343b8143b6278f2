package io.tokenmeter.cli.policies;

import io.tokenmeter.domain.policy.Policy;
import picocli.CommandLine.Command;

/** Groups the commands about detector policies. */
@Command(
    name = "policies",
    description = "Applies, lists and removes policies: how detectors judge whom.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PoliciesCommand.Apply.class,
      PoliciesCommand.Show.class,
      PoliciesCommand.Remove.class,
      PolicySettingsCommand.class
    })
public final class PoliciesCommand {

  @Command(
      name = "apply",
      description = {
        "Writes the new and changed policies of a file to the topic detector-policies, from where"
            + " they hold at once. Of the policies of a detector that match a subject the most"
            + " specific one holds, alone; where none matches, the defaults hold.",
        "Policies that a file no longer holds stay until they are removed. A file with an error is"
            + " not applied at all."
      },
      footer = {
        "",
        "Example: tokenmeter policies apply policies.yaml --config tokenmeter.properties"
      })
  static final class Apply extends ApplyCommand<Policy<?>> {
    Apply() {
      super(new PolicyKind());
    }
  }

  @Command(
      name = "list",
      description = "Shows the policies of a cluster, or of a file.",
      footer = {"", "Example: tokenmeter policies list --config tokenmeter.properties --yaml"})
  static final class Show extends ListCommand<Policy<?>> {
    Show() {
      super(new PolicyKind());
    }
  }

  @Command(
      name = "remove",
      description = "Removes policies, so that a less specific one or the defaults hold.",
      footer = {
        "",
        "Example: tokenmeter policies remove 'anomaly team:research' --config tokenmeter.properties"
      })
  static final class Remove extends RemoveCommand<Policy<?>> {
    Remove() {
      super(new PolicyKind());
    }
  }
}
