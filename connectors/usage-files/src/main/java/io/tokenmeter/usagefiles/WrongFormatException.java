package io.tokenmeter.usagefiles;

import java.io.IOException;

/** A file that is not in the format it was said to be in. */
public final class WrongFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  WrongFormatException(String message) {
    super(message);
  }
}
