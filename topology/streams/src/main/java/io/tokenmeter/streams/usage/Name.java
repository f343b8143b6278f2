package io.tokenmeter.streams.usage;

/**
 * A string that events repeat, held once per task: equal names are the same object while their
 * table lives.
 */
public final class Name {
  private final String text;
  private final byte[] utf8;
  private final int hash;
  private final int id;

  Name(String text, byte[] utf8, int hash, int id) {
    this.text = text;
    this.utf8 = utf8;
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

  int hash() {
    return hash;
  }

  @Override
  public String toString() {
    return text;
  }
}
