package io.tokenmeter.cli.cost;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Input that has the output written out before it waits for more, so that a pipe sees its lines at
 * once.
 */
final class FlushBeforeWaiting extends FilterInputStream {

  /** Writes out what is buffered. */
  interface Flush {
    void flush() throws IOException;
  }

  private final Flush output;

  FlushBeforeWaiting(InputStream in, Flush output) {
    super(in);
    this.output = output;
  }

  @Override
  public int read() throws IOException {
    flushIfWaiting();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    flushIfWaiting();
    return super.read(bytes, offset, length);
  }

  private void flushIfWaiting() throws IOException {
    if (in.available() == 0) {
      output.flush();
    }
  }
}
