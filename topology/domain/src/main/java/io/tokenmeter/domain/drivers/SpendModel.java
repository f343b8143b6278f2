package io.tokenmeter.domain.drivers;

import io.tokenmeter.domain.alert.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Spend as a function of its drivers, each of which can be as it was or as it is.
 *
 * <p>Spend = first attempts × (1 + retries per first attempt) × Σ over models of (share of requests
 * × cost of a request of such size, cache use and prices). A model that only one side has used has
 * the same size, cache use and prices on both, so that its coming or going is a change of the mix.
 */
final class SpendModel {
  private static final int NOW = 1;

  private record Volume(double attempts, double retryFactor) {}

  private final Volume[] volumes = new Volume[2];
  private final List<double[]> shares = new ArrayList<>();
  private final List<ModelFactors[]> models = new ArrayList<>();

  /**
   * The model of a change.
   *
   * @param usual what was expected, by model
   * @param actual what was seen, by model
   */
  SpendModel(Map<String, ModelUsage> usual, Map<String, ModelUsage> actual) {
    ModelUsage before = total(usual);
    ModelUsage now = total(actual);
    volumes[0] = volume(before);
    volumes[NOW] = volume(now);
    TreeSet<String> names = new TreeSet<>(usual.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      add(
          usual.getOrDefault(name, ModelUsage.NONE),
          actual.getOrDefault(name, ModelUsage.NONE),
          before.requests(),
          now.requests());
    }
  }

  /**
   * Dollars when some of the drivers are as they are now and the others as they were.
   *
   * @param now bit {@code 1 << kind.ordinal()} for each driver that is as it is now
   */
  double spend(int now) {
    int mix = side(now, Driver.Kind.MODEL_MIX);
    int size = side(now, Driver.Kind.TOKENS_PER_REQUEST);
    int cache = side(now, Driver.Kind.CACHE_HIT_RATE);
    int price = side(now, Driver.Kind.PRICE_PER_TOKEN);
    double unitCost = 0;
    for (int i = 0; i < models.size(); i++) {
      ModelFactors[] sides = models.get(i);
      unitCost +=
          shares.get(i)[mix]
              * ModelFactors.unitCost(
                  sides[size].size(), sides[cache].cache(), sides[price].prices());
    }
    return volumes[side(now, Driver.Kind.REQUEST_VOLUME)].attempts
        * volumes[side(now, Driver.Kind.RETRIES)].retryFactor
        * unitCost;
  }

  static ModelUsage total(Map<String, ModelUsage> byModel) {
    return byModel.values().stream().reduce(ModelUsage.NONE, ModelUsage::plus);
  }

  private static int side(int now, Driver.Kind kind) {
    return now >> kind.ordinal() & 1;
  }

  private static Volume volume(ModelUsage total) {
    double first = total.requests() - total.retries();
    return first > 0
        ? new Volume(first, total.requests() / first)
        : new Volume(total.requests(), 1);
  }

  private void add(ModelUsage before, ModelUsage now, double allBefore, double allNow) {
    if (before.requests() <= 0 && now.requests() <= 0) {
      return;
    }
    ModelFactors old = ModelFactors.of(before.requests() > 0 ? before : now);
    ModelFactors present = ModelFactors.of(now.requests() > 0 ? now : before);
    models.add(
        new ModelFactors[] {
          new ModelFactors(old.size(), old.cache(), old.prices().orElse(present.prices())),
          new ModelFactors(present.size(), present.cache(), present.prices().orElse(old.prices()))
        });
    shares.add(new double[] {share(before, allBefore), share(now, allNow)});
  }

  private static double share(ModelUsage usage, double all) {
    return all > 0 ? Math.max(0, usage.requests()) / all : 0;
  }
}
