package io.tokenmeter.usagefiles;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a usage file line by line, in constant memory; an unreadable line never stops the rest. */
public interface UsageFileReader extends Closeable {

  /**
   * The next line that is not blank, or null at the end of the file.
   *
   * @throws IOException if the file itself cannot be read on
   */
  @Nullable UsageLine next() throws IOException;
}
