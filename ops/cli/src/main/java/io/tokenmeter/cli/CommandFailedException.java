package io.tokenmeter.cli;

/** Ends a command with exit code 1; the message is one line that says what to do. */
public class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An error of the user's surroundings, such as a file that is not there. */
  public CommandFailedException(String message) {
    super(message);
  }

  /** The same with what led to it, which {@code --debug} prints. */
  public CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
