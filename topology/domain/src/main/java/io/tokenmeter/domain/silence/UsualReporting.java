package io.tokenmeter.domain.silence;

import java.nio.ByteBuffer;

/**
 * How often a subject reports: in which ten-minute slots of the last day, and how long the gaps
 * between two minutes with usage were in the last week.
 */
final class UsualReporting {
  static final int BYTES = 4 * Long.BYTES + 7 * (Integer.BYTES + Integer.BYTES);

  private static final int SLOT_MINUTES = 10;
  private static final int SLOTS = 144;
  private static final int DAY_MINUTES = SLOTS * SLOT_MINUTES;
  private static final int DAYS = 7;

  /** Bit i is the slot {@code latestSlot - i}. */
  private final long[] slots = new long[3];

  private long latestSlot;

  /** Days since the epoch, and the longest gap that ended on it, minutes; by day modulo 7. */
  private final int[] days = new int[DAYS];

  private final int[] gaps = new int[DAYS];

  /** The subject reports in a minute that is not before any other. */
  void reports(long minute) {
    long slot = Math.floorDiv(minute, SLOT_MINUTES);
    shift(slot - latestSlot);
    latestSlot = slot;
    slots[0] |= 1;
  }

  /** The subject has reported in an earlier minute, too. */
  void reportsLate(long minute) {
    long back = latestSlot - Math.floorDiv(minute, SLOT_MINUTES);
    if (back < SLOTS) {
      slots[(int) back / 64] |= 1L << back;
    }
  }

  /** A gap of so many minutes has ended. */
  void gap(long minute, int minutes) {
    int day = (int) Math.floorDiv(minute, (long) DAY_MINUTES);
    int index = Math.floorMod(day, DAYS);
    if (days[index] != day) {
      days[index] = day;
      gaps[index] = 0;
    }
    gaps[index] = Math.max(gaps[index], minutes);
  }

  /** The longest gap of the last seven days, minutes. */
  int longestGap(long minute) {
    int day = (int) Math.floorDiv(minute, (long) DAY_MINUTES);
    int longest = 0;
    for (int i = 0; i < DAYS; i++) {
      if (day - days[i] < DAYS) {
        longest = Math.max(longest, gaps[i]);
      }
    }
    return longest;
  }

  /** Whether there was usage in nine of ten slots of the day before it stopped. */
  boolean isSteady() {
    int used = 0;
    for (long word : slots) {
      used += Long.bitCount(word);
    }
    return used * 10 >= SLOTS * 9;
  }

  private void shift(long by) {
    for (long left = Math.min(by, SLOTS); left > 0; left -= 48) {
      int step = (int) Math.min(left, 48);
      slots[2] = (slots[2] << step | slots[1] >>> (64 - step)) & 0xffff;
      slots[1] = slots[1] << step | slots[0] >>> (64 - step);
      slots[0] <<= step;
    }
  }

  void encode(ByteBuffer out) {
    out.putLong(latestSlot);
    for (long word : slots) {
      out.putLong(word);
    }
    for (int i = 0; i < DAYS; i++) {
      out.putInt(days[i]).putInt(gaps[i]);
    }
  }

  static UsualReporting decode(ByteBuffer in) {
    UsualReporting usual = new UsualReporting();
    usual.latestSlot = in.getLong();
    for (int i = 0; i < usual.slots.length; i++) {
      usual.slots[i] = in.getLong();
    }
    for (int i = 0; i < DAYS; i++) {
      usual.days[i] = in.getInt();
      usual.gaps[i] = in.getInt();
    }
    return usual;
  }
}
