package io.tokenmeter.domain.dedupe;

/**
 * The ids of all events of one partition within the dedupe horizon: an open-addressing table of
 * 128-bit ids, each with the bucket of its arrival.
 *
 * <p>An id costs 20 bytes a slot, 27 to 53 bytes with the room that open addressing needs. The
 * table is cut into {@value #SEGMENTS} segments that grow and shed expired ids one at a time, so
 * that no single event waits for the whole table. Lookups are exact on the 128 bits: nothing here
 * may claim to have seen an id that it has not. Not thread-safe.
 */
public final class EventIdTable {
  private static final int SEGMENTS = 64;
  private static final int SEGMENT_SHIFT = 64 - 6;

  private final Segment[] segments = new Segment[SEGMENTS];
  private int sweepNext = SEGMENTS;

  /** An empty table. */
  public EventIdTable() {
    clear();
  }

  /** Forgets everything. */
  public void clear() {
    for (int i = 0; i < SEGMENTS; i++) {
      segments[i] = new Segment(64);
    }
    sweepNext = SEGMENTS;
  }

  /**
   * Adds an id unless it is remembered already.
   *
   * @param bucket bucket of the arrival
   * @param oldest oldest bucket that is still remembered; ids of older ones count as unknown
   * @return true if the id is new
   */
  public boolean add(long high, long low, int bucket, int oldest) {
    // (0, 0) marks a free slot.
    long lowOrOne = (high | low) == 0 ? 1 : low;
    return segments[(int) (high >>> SEGMENT_SHIFT)].add(high, lowOrOne, bucket, oldest);
  }

  /** Puts back an id that was added in a bucket; of several buckets the latest counts. */
  public void restore(long high, long low, int bucket) {
    long lowOrOne = (high | low) == 0 ? 1 : low;
    segments[(int) (high >>> SEGMENT_SHIFT)].restore(high, lowOrOne, bucket);
  }

  /** Number of ids held, expired ones that were not swept yet included. */
  public long size() {
    long size = 0;
    for (Segment segment : segments) {
      size += segment.size;
    }
    return size;
  }

  /** Notes that a bucket has expired, so that {@link #sweepStep} has work again. */
  public void startSweep() {
    sweepNext = 0;
  }

  /** Sheds the expired ids of one segment; true while there are segments left. */
  public boolean sweepStep(int oldest) {
    if (sweepNext >= SEGMENTS) {
      return false;
    }
    segments[sweepNext++].rebuild(oldest);
    return sweepNext < SEGMENTS;
  }

  private static final class Segment {
    private static final int MIN_SLOTS = 64;

    private long[] ids;
    private int[] buckets;
    private int size;

    Segment(int slots) {
      ids = new long[slots * 2];
      buckets = new int[slots];
    }

    boolean add(long high, long low, int bucket, int oldest) {
      int slot = find(high, low);
      if (isFree(slot)) {
        put(slot, high, low, bucket);
        growIfFull(oldest);
        return true;
      }
      boolean expired = buckets[slot] < oldest;
      if (expired) {
        buckets[slot] = bucket;
      }
      return expired;
    }

    void restore(long high, long low, int bucket) {
      int slot = find(high, low);
      if (isFree(slot)) {
        put(slot, high, low, bucket);
        growIfFull(Integer.MIN_VALUE);
      } else {
        buckets[slot] = Math.max(buckets[slot], bucket);
      }
    }

    /** The slot that holds the id, or the free one where it belongs. */
    private int find(long high, long low) {
      int mask = buckets.length - 1;
      int slot = (int) low & mask;
      while (!isFree(slot) && (ids[slot * 2 + 1] != low || ids[slot * 2] != high)) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    private boolean isFree(int slot) {
      return (ids[slot * 2] | ids[slot * 2 + 1]) == 0;
    }

    private void put(int slot, long high, long low, int bucket) {
      ids[slot * 2] = high;
      ids[slot * 2 + 1] = low;
      buckets[slot] = bucket;
      size++;
    }

    private void growIfFull(int oldest) {
      if (size > buckets.length - (buckets.length >>> 2)) {
        rebuild(oldest);
      }
    }

    /** Copies what is still remembered into a table of the right size. */
    void rebuild(int oldest) {
      int live = 0;
      for (int slot = 0; slot < buckets.length; slot++) {
        if (isLive(slot, oldest)) {
          live++;
        }
      }
      int slots = MIN_SLOTS;
      while (live > slots >>> 1) {
        slots = Math.multiplyExact(slots, 2);
      }
      Segment target = new Segment(slots);
      for (int slot = 0; slot < buckets.length; slot++) {
        if (isLive(slot, oldest)) {
          long high = ids[slot * 2];
          long low = ids[slot * 2 + 1];
          target.put(target.find(high, low), high, low, buckets[slot]);
        }
      }
      ids = target.ids;
      buckets = target.buckets;
      size = live;
    }

    private boolean isLive(int slot, int oldest) {
      return !isFree(slot) && buckets[slot] >= oldest;
    }
  }
}
