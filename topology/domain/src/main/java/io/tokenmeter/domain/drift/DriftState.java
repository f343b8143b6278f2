package io.tokenmeter.domain.drift;

/** What is remembered of one subject's model mix; bounded, whatever the traffic. */
public final class DriftState {
  private DriftState() {}

  /** A subject that nothing is known of. */
  public static DriftState empty() {
    return new DriftState();
  }

  /** The state as {@link #decode} reads it. */
  public byte[] encode() {
    return new byte[0];
  }

  /** Reads what {@link #encode} wrote. */
  public static DriftState decode(byte[] bytes) {
    return new DriftState();
  }
}
