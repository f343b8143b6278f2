package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.drivers.ModelUsage;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.HashMap;
import java.util.Map;

/** Sums of a subject's usage by model, in which what is three days old counts for half. */
final class UsualUsage {
  private static final double HALF_LIFE_MINUTES = 3 * 1440;

  /** A model with less than this share of the requests gives up its slot to a new one. */
  private static final double SMALL_SHARE = 0.001;

  /** A model's prices are known from so many requests on. */
  private static final float ENOUGH_REQUESTS = 20;

  private static final int FIELDS = 11;

  private final float[][] slots = new float[ModelSlots.COUNT][];

  /** Takes note of a bucket that is over. */
  void learn(UsageBucket bucket) {
    if (bucket.requests() == 0) {
      return;
    }
    float kept = (float) Math.pow(0.5, bucket.minutes / HALF_LIFE_MINUTES);
    for (int slot = 0; slot < slots.length; slot++) {
      float[] sums = slots[slot];
      if (sums != null) {
        for (int i = 0; i < FIELDS; i++) {
          sums[i] *= kept;
        }
      }
      UsageSums used = bucket.byModel[slot];
      if (used != null) {
        add(slot, ModelUsage.of(used));
      }
    }
  }

  /** Forgets everything. */
  void clear() {
    java.util.Arrays.fill(slots, null);
  }

  /** Dollars a request costs; 0 where none was seen. */
  double costOfRequest() {
    double requests = sum(0);
    return requests > 0 ? Math.max(0, sum(FIELDS - 1)) / requests : 0;
  }

  /**
   * Dollars that so many tokens of a model cost, usually: its input by the input token, cached or
   * not, and its output by the output token. Where the model is new, what they do cost.
   */
  double costOfTokens(int slot, UsageSums used) {
    float[] sums = slots[slot];
    if (sums == null || sums[0] < ENOUGH_REQUESTS) {
      return Dollars.of(used.cost());
    }
    double input = sums[6] + (double) sums[7] + sums[8];
    double output = sums[9];
    double fees = sums[10] - input - output;
    return perUnit(input, sums[2]) * used.inputTokens()
        + perUnit(output, sums[5]) * used.outputTokens()
        + perUnit(fees, sums[0]) * (used.requests() - used.unpricedRequests());
  }

  /** Dollars that so many requests to a model cost, usually. Where it is new, what they do cost. */
  double costOfRequests(int slot, UsageSums used) {
    float[] sums = slots[slot];
    return sums == null || sums[0] < ENOUGH_REQUESTS
        ? Dollars.of(used.cost())
        : perUnit(sums[10], sums[0]) * (used.requests() - used.unpricedRequests());
  }

  private static double perUnit(double dollars, double units) {
    return units > 0 ? Math.max(0, dollars) / units : 0;
  }

  /** How many of the requests are retries, 0 to 1. */
  double retryShare() {
    double requests = sum(0);
    return requests > 0 ? Math.min(1, Math.max(0, sum(1) / requests)) : 0;
  }

  /** The sums by the models' names. */
  Map<String, ModelUsage> byModel(ModelSlots names) {
    Map<String, ModelUsage> byModel = new HashMap<>();
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != null) {
        byModel.put(names.name(slot), usage(slots[slot]));
      }
    }
    return byModel;
  }

  /** Gives the slots of models that are hardly used to new ones, where all slots are taken. */
  void makeRoom(ModelSlots names, RecentUsage recent) {
    if (!names.isFull()) {
      return;
    }
    double all = sum(0);
    for (int slot = 0; slot < ModelSlots.OTHER; slot++) {
      float[] sums = slots[slot];
      if ((sums == null || sums[0] < SMALL_SHARE * all) && !recent.uses(slot)) {
        if (sums != null) {
          add(ModelSlots.OTHER, usage(sums));
          slots[slot] = null;
        }
        names.free(slot);
      }
    }
  }

  void write(StateWriter out) {
    for (float[] sums : slots) {
      out.whole(sums == null ? 0 : 1);
      if (sums != null) {
        out.reals(sums);
      }
    }
  }

  static UsualUsage read(StateReader in) {
    UsualUsage usual = new UsualUsage();
    for (int slot = 0; slot < usual.slots.length; slot++) {
      if (in.count(1) == 1) {
        usual.slots[slot] = new float[FIELDS];
        in.reals(usual.slots[slot]);
      }
    }
    return usual;
  }

  private double sum(int field) {
    double sum = 0;
    for (float[] sums : slots) {
      sum += sums == null ? 0 : sums[field];
    }
    return sum;
  }

  private void add(int slot, ModelUsage used) {
    float[] sums = slots[slot];
    if (sums == null) {
      sums = new float[FIELDS];
      slots[slot] = sums;
    }
    double[] added = {
      used.requests(),
      used.retries(),
      used.inputTokens(),
      used.cacheReadTokens(),
      used.cacheWriteTokens(),
      used.outputTokens(),
      used.inputCost(),
      used.cacheReadCost(),
      used.cacheWriteCost(),
      used.outputCost(),
      used.cost()
    };
    for (int i = 0; i < FIELDS; i++) {
      sums[i] = Math.max(0, sums[i] + (float) added[i]);
    }
  }

  private static ModelUsage usage(float[] s) {
    return new ModelUsage(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10]);
  }
}
