package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.rollup.UsageSums;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A subject's last hour by model: minute by minute for a quarter of an hour, before that in slots
 * of five minutes. At most 27 slots.
 */
final class RecentMix {
  /** Minutes of the longest slot. */
  static final int LONGEST = 5;

  private static final int SINGLE_MINUTES = 15;
  private static final int KEPT_MINUTES = 60;
  private static final int MOST_SLOTS = SINGLE_MINUTES + LONGEST + KEPT_MINUTES / LONGEST + 1;

  /** The oldest first, without gaps in order but with gaps in time. */
  private final List<MixSlot> slots = new ArrayList<>();

  /**
   * Adds usage of a minute; false if the minute is older than all that is kept.
   *
   * @param latest the latest minute that was seen, this one included
   */
  boolean add(long minute, long latest, int model, UsageSums sums) {
    if (minute <= latest - KEPT_MINUTES) {
      return false;
    }
    slot(minute, latest).add(model, sums);
    return true;
  }

  private MixSlot slot(long minute, long latest) {
    int at = slots.size();
    while (at > 0 && slots.get(at - 1).start > minute) {
      at--;
    }
    if (at > 0 && minute < slots.get(at - 1).start + slots.get(at - 1).minutes) {
      return slots.get(at - 1);
    }
    MixSlot slot =
        isOld(minute, latest) ? new MixSlot(fiveMinutes(minute), LONGEST) : new MixSlot(minute, 1);
    slots.add(at, slot);
    return slot;
  }

  /** Merges minutes that are no longer needed one by one, and hands on what is an hour old. */
  void advance(long latest, Consumer<MixSlot> old) {
    while (!slots.isEmpty() && slots.get(0).start + slots.get(0).minutes <= latest - KEPT_MINUTES) {
      old.accept(slots.remove(0));
    }
    for (int i = 0; i < slots.size() && isOld(slots.get(i).start, latest); i++) {
      if (slots.get(i).minutes == 1) {
        merge(i);
      }
    }
  }

  private void merge(int first) {
    MixSlot merged = new MixSlot(fiveMinutes(slots.get(first).start), LONGEST);
    Iterator<MixSlot> following = slots.subList(first, slots.size()).iterator();
    while (following.hasNext()) {
      MixSlot next = following.next();
      if (next.start >= merged.start + LONGEST) {
        break;
      }
      next.addTo(merged);
      following.remove();
    }
    slots.add(first, merged);
  }

  /** Usage of the last minutes, the latest included. */
  MixSlot last(int minutes, long latest) {
    MixSlot sum = new MixSlot(latest - minutes + 1, minutes);
    for (int i = slots.size() - 1; i >= 0 && slots.get(i).start >= sum.start; i--) {
      slots.get(i).addTo(sum);
    }
    return sum;
  }

  /** Requests and dollars of the last minutes, the latest included. */
  MixWindow window(int minutes, long latest) {
    MixWindow window = new MixWindow(latest - minutes + 1, minutes);
    for (int i = slots.size() - 1; i >= 0 && slots.get(i).start >= window.start; i--) {
      window.add(slots.get(i));
    }
    return window;
  }

  boolean uses(int model) {
    return slots.stream().anyMatch(slot -> slot.of(model) != null);
  }

  void fold(int model) {
    slots.forEach(slot -> slot.fold(model));
  }

  /** A group of five minutes is old as a whole, so that no slot reaches into a minute's. */
  private static boolean isOld(long minute, long latest) {
    return fiveMinutes(minute) + LONGEST <= latest - SINGLE_MINUTES + 1;
  }

  private static long fiveMinutes(long minute) {
    return minute - Math.floorMod(minute, LONGEST);
  }

  void write(StateWriter out) {
    out.number(slots.size());
    slots.forEach(slot -> slot.write(out));
  }

  static RecentMix read(StateReader in) {
    RecentMix recent = new RecentMix();
    for (int left = in.count(MOST_SLOTS); left > 0; left--) {
      recent.slots.add(MixSlot.read(in));
    }
    return recent;
  }
}
