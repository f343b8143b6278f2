package io.tokenmeter.domain.silence;

import io.tokenmeter.domain.money.Money;
import java.nio.ByteBuffer;

/** What is remembered of one subject's reporting; 150 bytes. Not thread-safe. */
public final class SilenceState {
  private static final int BYTES = 3 * Long.BYTES + 1 + 2 * 2 * Long.BYTES + Long.BYTES;
  private static final long DAY_MINUTES = 1440;

  long firstMinute = Long.MAX_VALUE;
  long lastMinute = Long.MIN_VALUE;

  /** Since when it is reported as silent, microseconds since the epoch. */
  long silentSinceMicros;

  boolean silent;
  private long day = Long.MIN_VALUE;
  private Money today = Money.ZERO;
  private Money yesterday = Money.ZERO;
  UsualReporting usual = new UsualReporting();

  /** A subject that was never seen. */
  public SilenceState() {}

  /** Whether its silence is reported. */
  public boolean isSilent() {
    return silent;
  }

  void spend(long minute, Money cost) {
    long ofMinute = Math.floorDiv(minute, DAY_MINUTES);
    if (ofMinute > day) {
      yesterday = ofMinute == day + 1 ? today : Money.ZERO;
      today = Money.ZERO;
      day = ofMinute;
    }
    if (ofMinute == day) {
      today = today.plus(cost);
    } else if (ofMinute == day - 1) {
      yesterday = yesterday.plus(cost);
    }
  }

  /** What a day's usage costs: the dearer of the last two days, of which one is not over. */
  Money spendOfADay() {
    return today.compareTo(yesterday) > 0 ? today : yesterday;
  }

  /** The compact form. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES + UsualReporting.BYTES);
    out.putLong(firstMinute).putLong(lastMinute).putLong(silentSinceMicros);
    out.put((byte) (silent ? 1 : 0)).putLong(day);
    out.putLong(today.hi()).putLong(today.lo());
    out.putLong(yesterday.hi()).putLong(yesterday.lo());
    usual.encode(out);
    return out.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static SilenceState decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    SilenceState state = new SilenceState();
    state.firstMinute = in.getLong();
    state.lastMinute = in.getLong();
    state.silentSinceMicros = in.getLong();
    state.silent = in.get() == 1;
    state.day = in.getLong();
    state.today = Money.of(in.getLong(), in.getLong());
    state.yesterday = Money.of(in.getLong(), in.getLong());
    state.usual = UsualReporting.decode(in);
    return state;
  }
}
