package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import picocli.CommandLine.IExitCodeGenerator;

/** The demo was stopped before there was anything to show. */
final class StoppedDemoException extends CommandFailedException implements IExitCodeGenerator {
  private static final long serialVersionUID = 1L;

  StoppedDemoException() {
    super("stopped before the demo began");
  }

  @Override
  public int getExitCode() {
    return StopSignal.EXIT_CODE;
  }
}
