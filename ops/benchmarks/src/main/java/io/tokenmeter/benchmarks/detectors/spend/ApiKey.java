package io.tokenmeter.benchmarks.detectors.spend;

import java.util.List;

/** One API key of the company: when it is used, how much, and for what. Reads time forwards. */
final class ApiKey {
  private static final int MINUTES_PER_DAY = 1440;
  private static final double NIGHT_SHIFT = 0.6;

  private final String name;
  private final Season season;
  private final Busyness busyness;
  private final double requestsPerMinute;
  private final List<Route> routes;

  /**
   * A key.
   *
   * @param dollarsPerDay mean spend, before growth and noise
   */
  ApiKey(String name, Season season, Busyness busyness, double dollarsPerDay, List<Route> routes) {
    this.name = name;
    this.season = season;
    this.busyness = busyness;
    this.routes = List.copyOf(routes);
    double perRequest =
        routes.stream()
            .mapToDouble(route -> route.share() * route.shape().meanCost(route.path().model()))
            .sum();
    requestsPerMinute = dollarsPerDay / MINUTES_PER_DAY / perRequest;
  }

  String name() {
    return name;
  }

  List<Route> routes() {
    return routes;
  }

  Rhythm rhythm() {
    return season.rhythm();
  }

  /** Requests a minute at a minute, noise included. */
  double rate(long minute) {
    return requestsPerMinute * season.at(minute) * busyness.at(minute);
  }

  /** Requests a minute that a minute's season leads one to expect. */
  double expectedRate(long minute) {
    return requestsPerMinute * season.at(minute) * busyness.trend(minute);
  }

  /** Requests a minute while the key is busy. */
  double busyRate(long minute) {
    return requestsPerMinute * season.whileActive() * busyness.trend(minute);
  }

  /** Requests a minute on average over a week. */
  double meanRate(long minute) {
    return requestsPerMinute * busyness.trend(minute);
  }

  /** The part of the key's requests that goes a route at a minute, 0 to 1. */
  double share(Route route, long minute) {
    boolean cycles = routes.stream().anyMatch(Route::night);
    if (!cycles) {
      return route.share();
    }
    double total = 0;
    for (Route other : routes) {
      total += weight(other, minute);
    }
    return weight(route, minute) / total;
  }

  private static double weight(Route route, long minute) {
    int ofDay = (int) Math.floorMod(minute, MINUTES_PER_DAY);
    double wave = Math.cos(2 * Math.PI * ofDay / MINUTES_PER_DAY);
    return route.share() * (1 + (route.night() ? NIGHT_SHIFT : -NIGHT_SHIFT) * wave);
  }
}
