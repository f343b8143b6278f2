package io.tokenmeter.streams.usage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string that events repeat, held once per task: equal names are the same object while their
 * table lives.
 */
public final class Name {
  private final String text;
  private final byte[] raw;
  private final byte[] utf8;
  private final int hash;
  private final int id;

  Name(byte[] raw, int hash, int id) {
    this.raw = raw;
    text = new String(raw, StandardCharsets.UTF_8);
    // Bytes that are not Unicode become U+FFFD, so that a key has one encoding and not several.
    utf8 = text.indexOf('\ufffd') < 0 ? raw : text.getBytes(StandardCharsets.UTF_8);
    this.hash = hash;
    this.id = id;
  }

  /** The string. */
  public String text() {
    return text;
  }

  /** The string in UTF-8; not to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  /** A small number that no other name of the table has. */
  public int id() {
    return id;
  }

  boolean isOf(byte[] bytes, int from, int to) {
    return Arrays.equals(raw, 0, raw.length, bytes, from, to);
  }

  int hash() {
    return hash;
  }

  @Override
  public String toString() {
    return text;
  }
}
