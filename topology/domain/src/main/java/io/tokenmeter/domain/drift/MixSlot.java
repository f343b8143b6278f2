package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.rollup.UsageSums;
import org.jspecify.annotations.Nullable;

/** Usage by model during some minutes. */
final class MixSlot {
  private static final int LONGEST = 60;

  final long start;
  final int minutes;
  private final @Nullable UsageSums[] byModel = new UsageSums[ModelIndex.SIZE];

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
    for (UsageSums sums : byModel) {
      if (sums != null) {
        return false;
      }
    }
    return true;
  }

  void write(StateWriter out) {
    int used = 0;
    for (UsageSums sums : byModel) {
      used += sums == null ? 0 : 1;
    }
    out.number(start).number(minutes).number(used);
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
      slot.byModel[in.count(ModelIndex.OTHER)] = in.sums();
    }
    return slot;
  }
}
