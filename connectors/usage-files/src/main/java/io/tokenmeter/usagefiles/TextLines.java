package io.tokenmeter.usagefiles;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text as files have them in practice: a byte order mark, LF or CRLF, a last line
 * without either.
 *
 * <p>Bytes that are not UTF-8 are an error of their line instead of silently becoming question
 * marks, and a line has a bound so that a wrong file cannot fill the memory.
 */
final class TextLines implements Closeable {

  /** Kafka refuses records over 1 MiB by default, so a longer line cannot be an event. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private byte[] buffer = new byte[512];
  private int length;
  private long number;

  TextLines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** Number of the line read last, counted from 1. */
  long number() {
    return number;
  }

  /**
   * The next line without its end, or null at the end of the input.
   *
   * @throws UnreadableUsageException if the line is too long or not UTF-8; the next call goes on
   *     after it
   */
  @Nullable String next() throws IOException, UnreadableUsageException {
    if (!readBytes()) {
      return null;
    }
    number++;
    if (length > MAX_LINE_BYTES) {
      throw new UnreadableUsageException("longer than " + MAX_LINE_BYTES + " bytes");
    }
    int end = length > 0 && buffer[length - 1] == '\r' ? length - 1 : length;
    int start = number == 1 && startsWithByteOrderMark(end) ? BYTE_ORDER_MARK.length : 0;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(buffer, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableUsageException("not UTF-8 text");
    }
  }

  /** The next line that holds more than white space, or null at the end of the input. */
  @Nullable String nextNotBlank() throws IOException, UnreadableUsageException {
    String line = next();
    while (line != null && line.isBlank()) {
      line = next();
    }
    return line;
  }

  /** Fills the buffer up to the next LF; of a line over the bound, counts but does not keep. */
  private boolean readBytes() throws IOException {
    length = 0;
    int b = in.read();
    if (b < 0) {
      return false;
    }
    while (b >= 0 && b != '\n') {
      keep((byte) b);
      b = in.read();
    }
    return true;
  }

  private void keep(byte b) {
    if (length > MAX_LINE_BYTES) {
      return;
    }
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    buffer[length++] = b;
  }

  private boolean startsWithByteOrderMark(int end) {
    return end >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
