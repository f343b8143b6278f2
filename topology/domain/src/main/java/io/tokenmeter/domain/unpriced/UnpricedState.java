package io.tokenmeter.domain.unpriced;

import java.nio.ByteBuffer;

/** The requests of one model that have no price yet; 25 bytes. Not thread-safe. */
public final class UnpricedState {
  private static final int BYTES = 3 * Long.BYTES + 1;

  long requests;
  long sinceMicros = Long.MAX_VALUE;
  long latestMinute = Long.MIN_VALUE;
  boolean firing;

  /** A model that was never seen. */
  public UnpricedState() {}

  /** Requests without a price. */
  public long requests() {
    return requests;
  }

  /** The compact form. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(requests).putLong(sinceMicros).putLong(latestMinute);
    return out.put((byte) (firing ? 1 : 0)).array();
  }

  /** Reads what {@link #encode} wrote. */
  public static UnpricedState decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    UnpricedState state = new UnpricedState();
    state.requests = in.getLong();
    state.sinceMicros = in.getLong();
    state.latestMinute = in.getLong();
    state.firing = in.get() == 1;
    return state;
  }
}
