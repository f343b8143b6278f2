package io.tokenmeter.cli.totals;

import io.tokenmeter.schemas.Granularity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The key of a roll-up record, read without decoding the value. */
public final class RollupKey {

  private RollupKey() {}

  /** Whether it is the key of a roll-up by this dimension, at any granularity. */
  public static boolean hasDimension(byte[] key, String dimension) {
    String[] parts = new String(key, StandardCharsets.UTF_8).split("/", 4);
    return parts.length == 4 && parts[2].equals(dimension);
  }

  /** Whether it is the key of a roll-up at this granularity. */
  public static boolean hasGranularity(byte[] key, Granularity granularity) {
    return new String(key, StandardCharsets.UTF_8).startsWith(granularity + "/");
  }

  /**
   * The start of the roll-up's window.
   *
   * @throws java.time.DateTimeException if the key is none of a roll-up
   */
  public static Instant windowStart(byte[] key) {
    return Instant.parse(new String(key, StandardCharsets.UTF_8).split("/", 3)[1]);
  }
}
