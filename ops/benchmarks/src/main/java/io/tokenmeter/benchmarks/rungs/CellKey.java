package io.tokenmeter.benchmarks.rungs;

/**
 * A minute and one or two names: the key of a hash map. One mutable instance probes, copies stay.
 */
final class CellKey {
  private long minute;
  private String first = "";
  private String second = "";
  private int hash;

  CellKey set(long newMinute, String newFirst, String newSecond) {
    minute = newMinute;
    first = newFirst;
    second = newSecond;
    hash = (Long.hashCode(newMinute) * 31 + newFirst.hashCode()) * 31 + newSecond.hashCode();
    return this;
  }

  CellKey copy() {
    return new CellKey().set(minute, first, second);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellKey key
        && key.minute == minute
        && key.first.equals(first)
        && key.second.equals(second);
  }
}
