package io.tokenmeter.domain.drivers;

import java.util.function.IntToDoubleFunction;

/**
 * Divides a change among the players that cause it together.
 *
 * <p>Each player gets the average, over all orders in which the players can change, of what its
 * change adds. The parts add up to the whole change and depend on no order (L. S. Shapley, A value
 * for n-person games, 1953; as a decomposition of any function of several factors: A. F. Shorrocks,
 * Decomposition procedures for distributional analysis, Journal of Economic Inequality 11, 2013).
 */
final class ShapleyValues {
  private ShapleyValues() {}

  /**
   * The part of each player.
   *
   * @param players how many, at most 20; the work is 2^players values
   * @param value what a set of players yields, given as bits
   */
  static double[] of(int players, IntToDoubleFunction value) {
    double[] values = new double[1 << players];
    for (int set = 0; set < values.length; set++) {
      values[set] = value.applyAsDouble(set);
    }
    double[] weights = weights(players);
    double[] parts = new double[players];
    for (int set = 0; set < values.length; set++) {
      for (int player = 0; player < players; player++) {
        if ((set & 1 << player) == 0) {
          double added = values[set | 1 << player] - values[set];
          parts[player] += weights[Integer.bitCount(set)] * added;
        }
      }
    }
    return parts;
  }

  /** The share of orders in which exactly a given set of some size comes before a player. */
  private static double[] weights(int players) {
    double[] weights = new double[players];
    weights[0] = 1.0 / players;
    for (int before = 1; before < players; before++) {
      weights[before] = weights[before - 1] * before / (players - before);
    }
    return weights;
  }
}
