package io.tokenmeter.domain.drivers;

import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Spend of some time against what was expected of it.
 *
 * @param usual what is usual, by model; only its proportions matter. Empty where nothing is known
 * @param actual what was seen, by model
 * @param expected dollars expected
 * @param observed dollars seen: the cost of {@code actual}
 * @param hours how long it was, in hours; above 0
 */
public record SpendChange(
    Map<String, ModelUsage> usual,
    Map<String, ModelUsage> actual,
    Money expected,
    Money observed,
    double hours) {

  /**
   * The parts of {@code observed - expected}, the largest first, each with what it was and what it
   * is. They add up to the difference exactly: what rounding leaves goes to the largest.
   */
  public List<Driver> drivers() {
    Map<String, ModelUsage> before = expectedUsage();
    SpendModel model = new SpendModel(before, actual);
    Driver.Kind[] kinds = Driver.Kind.values();
    double[] parts = ShapleyValues.of(kinds.length, model::spend);
    DriverDetail detail = new DriverDetail(before, actual, hours);
    List<Driver> drivers = new ArrayList<>();
    for (Driver.Kind kind : kinds) {
      Money part = Dollars.money(parts[kind.ordinal()]);
      drivers.add(new Driver(kind, part, detail.of(kind)));
    }
    drivers.sort(Comparator.comparingDouble(driver -> -Math.abs(Dollars.of(driver.part()))));
    settle(drivers);
    drivers.removeIf(driver -> driver.part().signum() == 0);
    return drivers;
  }

  /** What is usual, scaled to cost what was expected. */
  private Map<String, ModelUsage> expectedUsage() {
    double cost = SpendModel.total(usual).cost();
    if (cost <= 0) {
      return Map.of();
    }
    double factor = Dollars.of(expected) / cost;
    Map<String, ModelUsage> scaled = new java.util.HashMap<>();
    usual.forEach((model, usage) -> scaled.put(model, usage.times(factor)));
    return scaled;
  }

  /** Gives the largest part what the parts lack. */
  private void settle(List<Driver> drivers) {
    Money left = observed.minus(expected);
    for (Driver driver : drivers) {
      left = left.minus(driver.part());
    }
    Driver largest = drivers.get(0);
    drivers.set(0, new Driver(largest.kind(), largest.part().plus(left), largest.detail()));
  }
}
