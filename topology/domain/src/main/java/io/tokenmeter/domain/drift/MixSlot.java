package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.rollup.UsageSums;
import org.jspecify.annotations.Nullable;

/** Usage by model during some minutes. */
final class MixSlot {
  private static final int LONGEST = 60;

  final long start;
  final int minutes;
  private final @Nullable UsageSums[] byModel = new UsageSums[ModelIndex.SIZE];

  /** The models that were used, a bit each. */
  private int used;

  /** As it was last written; null if it has changed since. Most slots of a state do not change. */
  private byte @Nullable [] written;

  /**
   * No usage yet.
   *
   * @param start first minute, minutes since the epoch
   * @param minutes how many, up to 60; 0 where that is open
   */
  MixSlot(long start, int minutes) {
    this.start = start;
    this.minutes = minutes;
  }

  void add(int model, UsageSums sums) {
    UsageSums known = byModel[model];
    byModel[model] = known == null ? sums : known.plus(sums);
    used |= 1 << model;
    written = null;
  }

  void addTo(MixSlot other) {
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      UsageSums sums = byModel[model];
      if (sums != null) {
        other.add(model, sums);
      }
    }
  }

  /** What was used of a model, or null. */
  @Nullable UsageSums of(int model) {
    return byModel[model];
  }

  /** Moves a model's usage to the other models. */
  void fold(int model) {
    UsageSums sums = byModel[model];
    if (sums != null) {
      byModel[model] = null;
      used &= ~(1 << model);
      add(ModelIndex.OTHER, sums);
    }
  }

  /** Requests by model; never negative, whatever was corrected. */
  double[] requests() {
    double[] requests = new double[ModelIndex.SIZE];
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      UsageSums sums = byModel[model];
      requests[model] = sums == null ? 0 : Math.max(0, sums.requests());
    }
    return requests;
  }

  boolean isEmpty() {
    return used == 0;
  }

  /** The models that were used, a bit each. */
  int used() {
    return used;
  }

  void write(StateWriter out) {
    byte[] known = written;
    if (known == null) {
      StateWriter afresh = new StateWriter();
      writeAfresh(afresh);
      known = afresh.toByteArray();
      written = known;
    }
    out.written(known);
  }

  private void writeAfresh(StateWriter out) {
    out.number(start).number(minutes).number(Integer.bitCount(used));
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      UsageSums sums = byModel[model];
      if (sums != null) {
        out.number(model).sums(sums);
      }
    }
  }

  static MixSlot read(StateReader in) {
    MixSlot slot = new MixSlot(in.number(), in.count(LONGEST));
    for (int left = in.count(ModelIndex.SIZE); left > 0; left--) {
      slot.add(in.count(ModelIndex.OTHER), in.sums());
    }
    return slot;
  }
}
