package io.tokenmeter.domain.anomaly;

import java.nio.ByteBuffer;

/**
 * What is remembered of one subject: its baseline, its recent spend and the causes that are open.
 * Bounded, however old or busy the subject is. Not thread-safe.
 */
public final class SubjectState {
  private long nextLookMicros = Long.MAX_VALUE;
  private boolean open;

  /** A subject that was never seen. */
  public SubjectState() {}

  /** Whether a cause has begun and not ended. */
  public boolean isOpen() {
    return open;
  }

  /**
   * When the subject must be judged even if nothing new is added to it, event time, microseconds
   * since the epoch, because its silence or its end would then show; {@link Long#MAX_VALUE}: never.
   */
  public long nextLookMicros() {
    return nextLookMicros;
  }

  /** The compact form. */
  public byte[] encode() {
    return ByteBuffer.allocate(9).putLong(nextLookMicros).put((byte) (open ? 1 : 0)).array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SubjectState decode(byte[] bytes) {
    SubjectState state = new SubjectState();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    state.nextLookMicros = in.getLong();
    state.open = in.get() != 0;
    return state;
  }
}
