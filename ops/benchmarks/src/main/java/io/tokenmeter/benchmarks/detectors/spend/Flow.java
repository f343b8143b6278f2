package io.tokenmeter.benchmarks.detectors.spend;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests on a path, at a rate.
 *
 * @param path where they are seen
 * @param shape what they look like
 * @param rate requests a minute
 * @param pricePercent multiple of the list price, percent
 */
record Flow(Path path, RequestShape shape, double rate, int pricePercent) {
  private static final int LIST_PRICE = 100;

  /** A key's flows at a minute, as long as nothing is wrong. */
  static List<Flow> normal(ApiKey key, long minute, double rate) {
    List<Flow> flows = new ArrayList<>(key.routes().size());
    for (Route route : key.routes()) {
      flows.add(new Flow(route.path(), route.shape(), rate * key.share(route, minute), LIST_PRICE));
    }
    return flows;
  }

  static double dollarsPerMinute(List<Flow> flows) {
    double sum = 0;
    for (Flow flow : flows) {
      sum += flow.rate * flow.shape.meanCost(flow.path.model()) * flow.pricePercent / LIST_PRICE;
    }
    return sum;
  }

  Flow withRate(double other) {
    return new Flow(path, shape, other, pricePercent);
  }

  Flow withShape(RequestShape other) {
    return new Flow(path, other, rate, pricePercent);
  }

  Flow withPricePercent(int other) {
    return new Flow(path, shape, rate, other);
  }

  Flow on(Path other) {
    return new Flow(other, shape, rate, pricePercent);
  }
}
