package io.tokenmeter.domain.anomaly;

import org.jspecify.annotations.Nullable;

/** Decides whether a subject's spend is abnormal, at the moment it was made for. */
interface Rule {
  /** The strongest rise that is worth its dollars; null if there is none. */
  @Nullable Deviation rise();

  /**
   * The strongest rise on top of a cause that is open; null if there is none.
   *
   * @param reported the minute in which that was reported
   */
  @Nullable Deviation escalation(long reported);

  /** The strongest fall that is worth its dollars; null if there is none. */
  @Nullable Deviation fall();

  /**
   * Whether what strayed no longer does.
   *
   * @param ratio how far it strayed
   * @param stake dollars a day that it came to
   * @param since the minute in which it began: what was before tells nothing
   * @param calm how long it must have been back to usual, at least, minutes
   */
  boolean isOver(Deviation.View view, double ratio, double stake, long since, double calm);

  /** Whether spend that was as usual before only falls back to it, or pauses as it often does. */
  boolean isHarmless(Deviation fall);

  /** When silence, if it lasts, would be a fall, microseconds since the epoch. */
  long silenceShows();
}
