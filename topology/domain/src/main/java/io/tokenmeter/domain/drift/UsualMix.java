package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.drivers.ModelUsage;
import io.tokenmeter.domain.rollup.UsageSums;
import org.jspecify.annotations.Nullable;

/**
 * The mix that is usual for a subject: requests by model for each hour of a weekday and of a day at
 * the weekend, and what a model's requests use. Older days count less, half after {@value
 * #HALF_LIFE_DAYS} days. Hours are UTC: a cycle of days repeats in any zone.
 *
 * <p>Weights grow with time, instead of all sums shrinking (forward decay: G. Cormode et al.,
 * Forward decay, ICDE 2009).
 */
final class UsualMix {
  static final int HALF_LIFE_DAYS = 3;

  private static final int HOURS = 48;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int MINUTES_PER_DAY = 1440;
  private static final double HALF_LIFE = HALF_LIFE_DAYS * MINUTES_PER_DAY;
  private static final double LARGEST_WEIGHT = 0x1p40;

  /** As many requests of the mix of all hours are taken for known of each hour. */
  private static final double SHRINKAGE = 20;

  /** Below so many requests, a weekday's hour stands in for one at the weekend, and vice versa. */
  private static final double FEW = 20;

  private final @Nullable HourMix[] byHour = new HourMix[HOURS];

  /** All hours together. */
  private HourMix all = new HourMix();

  private final @Nullable ModelUsage[] usage = new ModelUsage[ModelIndex.SIZE];
  private long landmark = Long.MIN_VALUE;

  /**
   * A mix to compare with.
   *
   * @param shares by model
   * @param requests how many requests they are known from
   * @param perHour requests an hour
   */
  record Mix(double[] shares, double requests, double perHour) {
    /** Whether more is known of this hour than of all hours together. */
    boolean isKnown() {
      return requests >= SHRINKAGE + FEW;
    }

    /** Between this mix and another. */
    Mix toward(Mix other, double part) {
      double[] between = new double[shares.length];
      for (int i = 0; i < shares.length; i++) {
        between[i] = (1 - part) * shares[i] + part * other.shares[i];
      }
      return new Mix(
          between,
          (1 - part) * requests + part * other.requests,
          (1 - part) * perHour + part * other.perHour);
    }
  }

  /**
   * Learns from usage within one hour of the clock.
   *
   * @param hours how much of that hour was not seen before, 0 to 1
   */
  void add(MixSlot hour, double hours) {
    double weight = weight(hour.start);
    int bucket = bucket(hour.start);
    HourMix mix = byHour[bucket];
    if (mix == null) {
      mix = new HourMix();
      byHour[bucket] = mix;
    }
    mix.add(hour.requests(), hours, weight);
    all.add(hour.requests(), hours, weight);
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      UsageSums sums = hour.of(model);
      if (sums != null) {
        ModelUsage known = usage[model];
        ModelUsage added = ModelUsage.of(sums).times(weight);
        usage[model] = known == null ? added : known.plus(added);
      }
    }
  }

  /**
   * Takes a mix for usual at all hours, and forgets what was.
   *
   * @param hours over which it was seen, above 0
   */
  void become(MixSlot mix, double hours) {
    landmark = mix.start;
    all = new HourMix();
    all.add(mix.requests(), hours, 1);
    for (int bucket = 0; bucket < HOURS; bucket++) {
      HourMix part = new HourMix();
      part.add(mix.requests(), hours, 1.0 / HOURS);
      byHour[bucket] = part;
    }
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      UsageSums sums = mix.of(model);
      usage[model] = sums == null ? null : ModelUsage.of(sums);
    }
  }

  /** Requests that are known, as many as they count by now. */
  double requests(long minute) {
    return all.total() / weight(minute);
  }

  /** The mix that is usual in the hour of a minute. */
  Mix at(long minute) {
    double weight = weight(minute);
    int bucket = bucket(minute);
    int other = (bucket + HOURS / 2) % HOURS;
    if (total(bucket) / weight < FEW && total(other) > total(bucket)) {
      bucket = other;
    }
    double[] shares = new double[ModelIndex.SIZE];
    HourMix hour = byHour[bucket];
    double known = total(bucket) / weight;
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      double here = hour == null ? 0 : hour.of(model) / weight;
      shares[model] = (here + SHRINKAGE * overall(model)) / (known + SHRINKAGE);
    }
    return new Mix(shares, known + SHRINKAGE, hour == null ? 0 : hour.perHour());
  }

  /** What was used of a model, in proportion; null where it is not known. */
  @Nullable ModelUsage usage(int model) {
    return usage[model];
  }

  boolean isNegligible(int model) {
    return overall(model) < Divergence.LEAST_SHARE;
  }

  /** Moves a model's requests to the other models. */
  void fold(int model) {
    all.fold(model);
    for (HourMix hour : byHour) {
      if (hour != null) {
        hour.fold(model);
      }
    }
    ModelUsage known = usage[model];
    if (known != null) {
      ModelUsage others = usage[ModelIndex.OTHER];
      usage[ModelIndex.OTHER] = others == null ? known : others.plus(known);
      usage[model] = null;
    }
  }

  /** The share over all hours. */
  private double overall(int model) {
    return all.total() == 0 ? 0 : all.of(model) / all.total();
  }

  private double weight(long minute) {
    if (landmark == Long.MIN_VALUE) {
      landmark = minute;
    }
    double weight = Math.exp(Math.log(2) * (minute - landmark) / HALF_LIFE);
    if (weight <= LARGEST_WEIGHT) {
      return weight;
    }
    rescale(1 / weight);
    landmark = minute;
    return 1;
  }

  private void rescale(double factor) {
    all.scale(factor);
    for (HourMix hour : byHour) {
      if (hour != null) {
        hour.scale(factor);
      }
    }
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      ModelUsage known = usage[model];
      usage[model] = known == null ? null : known.times(factor);
    }
  }

  private double total(int bucket) {
    HourMix hour = byHour[bucket];
    return hour == null ? 0 : hour.total();
  }

  /** The hour of the day, 24 later at the weekend; 1970-01-01 was a Thursday. */
  private static int bucket(long minute) {
    boolean weekend = Math.floorMod(Math.floorDiv(minute, MINUTES_PER_DAY) + 3, 7) >= 5;
    int hour = (int) Math.floorMod(minute, MINUTES_PER_DAY) / MINUTES_PER_HOUR;
    return weekend ? 24 + hour : hour;
  }

  void write(StateWriter out) {
    out.number(landmark);
    all.write(out);
    for (HourMix hour : byHour) {
      out.number(hour == null ? 0 : 1);
      if (hour != null) {
        hour.write(out);
      }
    }
    UsageCodec.write(usage, out);
  }

  static UsualMix read(StateReader in) {
    UsualMix mix = new UsualMix();
    mix.landmark = in.number();
    mix.all = HourMix.read(in);
    for (int bucket = 0; bucket < HOURS; bucket++) {
      mix.byHour[bucket] = in.count(1) == 0 ? null : HourMix.read(in);
    }
    UsageCodec.read(mix.usage, in);
    return mix;
  }
}
