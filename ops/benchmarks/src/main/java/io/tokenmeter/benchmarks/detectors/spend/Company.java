package io.tokenmeter.benchmarks.detectors.spend;

import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.benchmarks.workload.PriceSheet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** The API keys of a company, of all sizes and rhythms. */
final class Company {
  private static final double LEAST_A_DAY = 2;
  private static final double MOST_A_DAY = 2000;
  private static final int KEYS_PER_PROJECT = 4;
  private static final int PROJECTS_PER_TEAM = 3;
  private static final int CUSTOMERS = 25;

  private Company() {}

  /** A company of a seed; the same seed gives the same keys, however many. */
  static List<ApiKey> keys(long seed, int count, long originMinute) {
    List<ApiKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(key(Dice.mix(seed, i), i, originMinute));
    }
    return List.copyOf(keys);
  }

  private static ApiKey key(long seed, int number, long originMinute) {
    SplittableRandom random = Dice.at(seed, 1);
    Rhythm rhythm = rhythm(random);
    String name = String.format(Locale.ROOT, "key-%02d", number);
    return new ApiKey(
        name,
        new Season(rhythm, Dice.mix(seed, 2)),
        new Busyness(Dice.mix(seed, 3), originMinute),
        Dice.logUniform(random, LEAST_A_DAY, MOST_A_DAY),
        routes(random, name, number));
  }

  private static Rhythm rhythm(SplittableRandom random) {
    double draw = random.nextDouble();
    return draw < 0.38
        ? Rhythm.ALWAYS
        : draw < 0.68
            ? Rhythm.OFFICE
            : draw < 0.80 ? Rhythm.NIGHTLY : draw < 0.90 ? Rhythm.HOURLY : Rhythm.BURSTY;
  }

  private static List<Route> routes(SplittableRandom random, String name, int number) {
    int project = number / KEYS_PER_PROJECT;
    int count = random.nextInt(1, 4);
    boolean resold = random.nextDouble() < 0.4;
    boolean cycles = count > 1 && random.nextDouble() < 0.3;
    double[] weights = random.doubles(count, 0.2, 1).toArray();
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    Set<ModelPrice> taken = new HashSet<>();
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path path =
          new Path(
              name,
              "project-" + project,
              "team-" + project / PROJECTS_PER_TEAM,
              "workflow-" + name.substring(4) + "-" + i / 2,
              resold ? "customer-" + random.nextInt(CUSTOMERS) : "",
              model(random, taken));
      routes.add(new Route(path, RequestShape.draw(random), weights[i] / total, cycles && i == 0));
    }
    return routes;
  }

  /** A model by its share of the traffic that the key does not use yet. */
  private static ModelPrice model(SplittableRandom random, Set<ModelPrice> taken) {
    while (true) {
      int ticket = random.nextInt(100);
      for (ModelPrice model : PriceSheet.MODELS) {
        ticket -= model.share();
        if (ticket < 0) {
          if (taken.add(model)) {
            return model;
          }
          break;
        }
      }
    }
  }
}
