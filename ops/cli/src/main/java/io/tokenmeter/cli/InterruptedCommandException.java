package io.tokenmeter.cli;

import picocli.CommandLine.IExitCodeGenerator;

/** The user has stopped a command before it was done; the message says what is left of it. */
public final class InterruptedCommandException extends CommandFailedException
    implements IExitCodeGenerator {

  private static final long serialVersionUID = 1L;

  /**
   * A stop.
   *
   * @param when how far the command was, and what is left, behind "interrupted"
   */
  public InterruptedCommandException(String when) {
    super("interrupted " + when);
  }

  @Override
  public int getExitCode() {
    return StopSignal.EXIT_CODE;
  }
}
