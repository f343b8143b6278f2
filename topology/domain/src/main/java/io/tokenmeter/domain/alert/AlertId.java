package io.tokenmeter.domain.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * The identity of an alert: {@code DETECTOR/CAUSE/DIMENSION/KEY/SINCE}, each part percent-encoded
 * (RFC 3986, section 2.1), so that a slash in a key does not look like two parts.
 */
final class AlertId {
  private static final String PLAIN = "-._~+:@";

  private AlertId() {}

  /** The id of the alert that a finding begins. */
  static String of(Finding finding) {
    return String.join(
        "/",
        encode(finding.detector().label()),
        encode(finding.cause()),
        encode(finding.subject().dimension()),
        encode(finding.subject().key()),
        encode(instant(finding.sinceMicros()).toString()));
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  private static String encode(String part) {
    StringBuilder encoded = new StringBuilder(part.length());
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
