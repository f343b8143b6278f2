package io.tokenmeter.domain.anomaly;

/**
 * What the subjects of one dimension have in common: the shape of their week and how much they
 * vary. A subject with little history of its own is judged by it. One per dimension and task; a few
 * kilobytes. Not thread-safe.
 */
public final class GroupState {
  /** A dimension that was never seen. */
  public GroupState() {}

  /** The compact form. */
  public byte[] encode() {
    return new byte[0];
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static GroupState decode(byte[] bytes) {
    return new GroupState();
  }
}
