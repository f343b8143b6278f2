package io.tokenmeter.cli.intake;

import io.tokenmeter.intake.config.TokenHash;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an API token of the intake. */
@Command(
    name = "token",
    description =
        "Makes a new API token: prints the token, which is for the sender and kept nowhere, and the"
            + " line for the intake's settings file, which holds only its hash.",
    footer = {"", "Example: tokenmeter intake token search-team"})
final class IntakeTokenCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "NAME",
      description = "Name of the token in the settings: letters, digits, - and _.")
  private String name;

  @Override
  public Integer call() {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new ParameterException(
          command.commandLine(), "NAME must be of letters, digits, - and _");
    }
    String token = TokenHash.newToken(new SecureRandom());
    PrintWriter out = command.commandLine().getOut();
    out.println("Token, for the sender:      " + token);
    out.println("Line, for the settings:     tokens." + name + ".sha256=" + TokenHash.of(token));
    out.println("And, if all of it is theirs: tokens." + name + ".always.team=TEAM");
    return 0;
  }
}
