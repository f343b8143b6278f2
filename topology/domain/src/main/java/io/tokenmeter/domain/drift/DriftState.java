package io.tokenmeter.domain.drift;

/**
 * What is remembered of one subject's model mix; bounded, whatever the traffic. Not thread-safe.
 */
public final class DriftState {
  /** A subject that was never seen. */
  public DriftState() {}

  /** The state as {@link #decode} reads it. */
  public byte[] encode() {
    return new byte[0];
  }

  /** Reads what {@link #encode} wrote. */
  public static DriftState decode(byte[] bytes) {
    return new DriftState();
  }
}
