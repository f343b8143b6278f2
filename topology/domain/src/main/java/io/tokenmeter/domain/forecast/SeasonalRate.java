package io.tokenmeter.domain.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What is spent in each part of a round: in the hours of a day, or the days of a week.
 *
 * <p>Every part has its usual spend: the median of its kind in the history. What is recent says how
 * many times the usual spend it is at present: the median, again, of the last parts against what
 * was usual in them. So one dear day does not foretell others, and neither a night nor a weekend is
 * taken for the end of all spending. With less than one round of history there is only the mean.
 * Estimates are in dollars as {@code double}.
 */
public final class SeasonalRate {
  /** Parts of history that it takes to say anything. */
  public static final int LEAST_HISTORY = 3;

  private static final double NEGLIGIBLE = 0.1;

  private final double[] usual;
  private final double level;
  private final double deviation;
  private final int history;

  /**
   * One part of the history.
   *
   * @param slot which part of the round it was, from 0
   * @param spent dollars; negative where corrections exceed it
   */
  public record Past(int slot, double spent) {}

  private SeasonalRate(double[] usual, double level, List<Past> history) {
    this.usual = usual;
    this.level = level;
    this.history = history.size();
    this.deviation = deviation(usual, history);
  }

  /**
   * The rate that a history leads to expect.
   *
   * @param slots parts of a round
   * @param recent how many of the last parts say what the spend is at present
   * @param history whole parts without a gap, in their order
   * @param otherwise dollars a part, where the history is too short to say anything
   */
  public static SeasonalRate of(int slots, int recent, List<Past> history, double otherwise) {
    if (history.size() < LEAST_HISTORY) {
      return new SeasonalRate(flat(slots, otherwise), 1, history);
    }
    if (history.size() < slots) {
      double mean = history.stream().mapToDouble(Past::spent).average().orElse(0);
      return new SeasonalRate(flat(slots, mean), 1, history);
    }
    double[] usual = medians(slots, history);
    return new SeasonalRate(usual, level(usual, recent, history), history);
  }

  /** Dollars that a part of the round is expected to cost; at least 0. */
  public double expected(int slot) {
    return Math.max(0, level * usual[slot]);
  }

  /** Whether there is enough history to say anything. */
  public boolean isFounded() {
    return history >= LEAST_HISTORY;
  }

  /** How far a part of the history was from its usual spend, dollars, as a root mean square. */
  public double deviation() {
    return deviation;
  }

  /** How wrong the level may be for a long time, as a part of what is expected: 0.1 to 0.5. */
  public double doubt() {
    return history >= 2 * usual.length ? 0.1 : history >= usual.length ? 0.25 : 0.5;
  }

  private static double[] flat(int slots, double value) {
    double[] all = new double[slots];
    Arrays.fill(all, value);
    return all;
  }

  private static double[] medians(int slots, List<Past> history) {
    double[] medians = new double[slots];
    for (int slot = 0; slot < slots; slot++) {
      int wanted = slot;
      medians[slot] =
          median(history.stream().filter(past -> past.slot() == wanted).mapToDouble(Past::spent));
    }
    return medians;
  }

  /** How many times the usual spend is spent at present. */
  private static double level(double[] usual, int recent, List<Past> history) {
    // Corrections can make past spend negative.
    double negligible = Math.max(0, NEGLIGIBLE * Arrays.stream(usual).average().orElse(0));
    double[] ratios =
        history.subList(Math.max(0, history.size() - recent), history.size()).stream()
            .filter(past -> usual[past.slot()] > negligible)
            .mapToDouble(past -> past.spent() / usual[past.slot()])
            .toArray();
    return ratios.length == 0 ? 1 : median(Arrays.stream(ratios));
  }

  private static double deviation(double[] usual, List<Past> history) {
    return Math.sqrt(
        history.stream()
            .mapToDouble(past -> past.spent() - usual[past.slot()])
            .map(residual -> residual * residual)
            .average()
            .orElse(0));
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
