package io.tokenmeter.cli.policies;

import io.tokenmeter.domain.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** A file of detector policies, for commands that try them out. */
public final class PolicyFile {
  private PolicyFile() {}

  /**
   * Reads a file as {@code policies apply} does.
   *
   * @param err where the errors are listed, each with its line
   * @throws io.tokenmeter.cli.CommandFailedException if there is an error
   */
  public static List<Policy<?>> read(Path file, PrintWriter err) throws IOException {
    return EntryFile.read(file, new PolicyKind(), null, err);
  }
}
