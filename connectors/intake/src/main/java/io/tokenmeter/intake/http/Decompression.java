package io.tokenmeter.intake.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Content encodings: none, or gzip, which is unpacked step by step so that a bomb stays small. */
enum Decompression {
  /** The body as it is. */
  IDENTITY,
  /** RFC 1952. */
  GZIP;

  private static final int STEP = 16 << 10;

  /**
   * The encoding that the header names.
   *
   * @throws Refusal if it is another
   */
  static Decompression of(@Nullable String contentEncoding) {
    String name = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      default ->
          throw Refusal.unsupportedEncoding("the body must be compressed with gzip or not at all");
    };
  }

  /**
   * The body unpacked.
   *
   * @param reservation grows with what comes out
   * @throws Refusal if it is no gzip, or too large
   */
  byte[] unpack(byte[] body, int maxBytes, InFlight.Reservation reservation) {
    if (this == IDENTITY) {
      if (body.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return body;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(maxBytes, 4 * body.length));
    byte[] step = new byte[STEP];
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), STEP)) {
      for (int read = in.read(step); read >= 0; read = in.read(step)) {
        if (out.size() + read > maxBytes) {
          throw tooLarge(maxBytes);
        }
        if (!reservation.grow(read)) {
          throw Refusal.overloaded("too many bytes are being worked on; send it again later");
        }
        out.write(step, 0, read);
      }
    } catch (IOException e) {
      throw Refusal.badRequest(
          "the body is not whole and well-formed gzip, as Content-Encoding says");
    }
    return out.toByteArray();
  }

  private static Refusal tooLarge(int maxBytes) {
    return Refusal.tooLarge(
        "the body has more than request.max.decompressed.bytes, "
            + maxBytes
            + "; send it in parts");
  }
}
