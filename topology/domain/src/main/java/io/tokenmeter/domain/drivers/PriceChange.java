package io.tokenmeter.domain.drivers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether a change of spend is due to the unit prices of one model. */
public final class PriceChange {
  /**
   * The part of the change, as a ratio on a logarithmic scale, that new prices must explain. A loop
   * that multiplies spend by ten is still a loop when its model's price doubles.
   */
  private static final double MOST = 0.4;

  /**
   * Prices differ by so much, relative, before that is a change: tiers make some requests dearer.
   */
  private static final double LEAST = 0.1;

  private PriceChange() {}

  /**
   * The model whose unit prices explain most of a change; null where there is none.
   *
   * <p>Unit prices do not depend on how many requests there are, or how long: ten requests show a
   * new price as surely as a million.
   */
  public static @Nullable String explaining(SpendChange change) {
    String model = null;
    double most = 0;
    for (Map.Entry<String, ModelUsage> used : change.actual().entrySet()) {
      ModelUsage now = used.getValue();
      double effect = effect(change.usual().getOrDefault(used.getKey(), ModelUsage.NONE), now);
      if (Math.abs(effect) >= LEAST * now.cost() && Math.abs(effect) > Math.abs(most)) {
        most = effect;
        model = used.getKey();
      }
    }
    return model != null && explains(most, change) ? model : null;
  }

  /** Dollars by which usage costs more than at the usual unit prices. */
  private static double effect(ModelUsage usual, ModelUsage now) {
    if (usual.requests() <= 0 || now.requests() <= 0) {
      return 0;
    }
    ModelFactors present = ModelFactors.of(now);
    ModelFactors.Prices prices = ModelFactors.of(usual).prices().orElse(present.prices());
    double atUsual = ModelFactors.unitCost(present.size(), present.cache(), prices);
    return now.cost() - now.requests() * atUsual;
  }

  private static boolean explains(double effect, SpendChange change) {
    double observed = Dollars.of(change.observed());
    double expected = Dollars.of(change.expected());
    double without = observed - effect;
    if (observed <= 0 || expected <= 0 || without <= 0) {
      return false;
    }
    return Math.log(observed / without) / Math.log(observed / expected) >= MOST;
  }
}
