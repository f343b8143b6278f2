package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import picocli.CommandLine.IExitCodeGenerator;

/** The user has given a replay up. */
final class InterruptedReplayException extends CommandFailedException
    implements IExitCodeGenerator {

  private static final long serialVersionUID = 1L;

  InterruptedReplayException(long sent) {
    super(
        "interrupted after "
            + sent
            + " events were sent; the same command sends them again and doubles nothing");
  }

  @Override
  public int getExitCode() {
    return StopSignal.EXIT_CODE;
  }
}
