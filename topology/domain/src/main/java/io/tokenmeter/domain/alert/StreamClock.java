package io.tokenmeter.domain.alert;

/**
 * The time that detectors go by: event time, or the wall clock while the stream is live, so that
 * what has gone quiet is noticed. A replay of an old trace never sees the wall clock.
 *
 * <p>The stream is live when what arrived last was no older than ten minutes. After a restart it is
 * not, until something arrives: what was not read yet would look like silence. If it was live
 * before and nothing arrives for two minutes, nothing is waiting to be read, and it is live again.
 *
 * <p>All times are microseconds since the epoch. Time never goes back. Not thread-safe.
 */
public final class StreamClock {
  private static final long LIVE_MICROS = 600_000_000L;
  private static final long GRACE_MICROS = 120_000_000L;

  private long latestMicros = Long.MIN_VALUE;
  private boolean live;
  private long liveAgainMicros = Long.MAX_VALUE;

  /** A clock that has seen nothing. */
  public StreamClock() {}

  /**
   * The clock of a task that starts again.
   *
   * @param latestMicros what {@link #latestMicros} was
   * @param wasLive what {@link #isLive} was
   * @param wallMicros the wall clock
   */
  public StreamClock(long latestMicros, boolean wasLive, long wallMicros) {
    this.latestMicros = latestMicros;
    if (wasLive) {
      liveAgainMicros = wallMicros + GRACE_MICROS;
    }
  }

  /** Something of a time has arrived. */
  public void arrived(long eventMicros, long wallMicros) {
    latestMicros = Math.max(latestMicros, eventMicros);
    live = wallMicros - eventMicros <= LIVE_MICROS;
    liveAgainMicros = Long.MAX_VALUE;
  }

  /** Something of a time had arrived before the restart. */
  public void seen(long eventMicros) {
    latestMicros = Math.max(latestMicros, eventMicros);
  }

  /** The time; {@link Long#MIN_VALUE} where nothing has arrived yet. */
  public long now(long wallMicros) {
    if (wallMicros >= liveAgainMicros) {
      live = true;
      liveAgainMicros = Long.MAX_VALUE;
    }
    if (live) {
      latestMicros = Math.max(latestMicros, wallMicros);
    }
    return latestMicros;
  }

  /** The latest time that was seen or given; {@link Long#MIN_VALUE} for none. */
  public long latestMicros() {
    return latestMicros;
  }

  /** Whether the wall clock counts, or did before the restart. */
  public boolean isLive() {
    return live || liveAgainMicros != Long.MAX_VALUE;
  }
}
