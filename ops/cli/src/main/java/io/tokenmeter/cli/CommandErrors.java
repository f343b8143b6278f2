package io.tokenmeter.cli;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How errors look: one line on standard error, exit code 1; wrong usage adds the synopsis and a
 * hint and gives 2. The stack trace is for {@code --debug}.
 */
final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final BooleanSupplier debug;

  CommandErrors(BooleanSupplier debug) {
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("tokenmeter: " + message(e));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.print(command.getHelp().synopsisHeading() + command.getHelp().synopsis(0));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !e.getCommandLine().getSubcommands().isEmpty()) {
      return "no such command: '" + unmatched.getUnmatched().get(0) + "'";
    }
    return ErrorText.oneLine(String.valueOf(e.getMessage()));
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    command.getOut().flush();
    err.println("tokenmeter: " + ErrorText.of(e));
    if (debug.getAsBoolean()) {
      e.printStackTrace(err);
    }
    return e instanceof IExitCodeGenerator generator
        ? generator.getExitCode()
        : command.getCommandSpec().exitCodeOnExecutionException();
  }
}
