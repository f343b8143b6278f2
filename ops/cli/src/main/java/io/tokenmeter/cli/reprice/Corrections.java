package io.tokenmeter.cli.reprice;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.streams.cost.Recosting;
import io.tokenmeter.streams.usage.Name;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the corrections of some past usage come to, altogether and by day, model and dimension. */
final class Corrections {
  private final ZoneId zone;
  private final List<Dimension> dimensions;
  private final CostDifference all = new CostDifference();
  private final Map<LocalDate, CostDifference> byDay = new TreeMap<>();
  private final Map<String, Map<String, CostDifference>> byDimension = new LinkedHashMap<>();

  long inScope;
  long unchanged;
  long sameCost;
  long held;
  long losingPrice;
  long beyondRollups;
  long beyondRuns;

  /**
   * Nothing yet.
   *
   * @param zone in which days begin
   * @param dimensions of the roll-ups; pairs are left out
   */
  Corrections(ZoneId zone, List<Dimension> dimensions) {
    this.zone = zone;
    this.dimensions = dimensions.stream().filter(dimension -> !dimension.isPair()).toList();
    this.dimensions.forEach(dimension -> byDimension.put(dimension.name(), new TreeMap<>()));
  }

  /** Takes in a record that is to be corrected, priced again. */
  void add(Recosting recosting) {
    Money before = recosting.before().total();
    Money now = recosting.event().cost().totalCost();
    sameCost += before.equals(now) ? 1 : 0;
    all.add(before, now);
    Instant occurred = Instant.EPOCH.plus(recosting.event().occurredAtMicros(), ChronoUnit.MICROS);
    byDay
        .computeIfAbsent(LocalDate.ofInstant(occurred, zone), day -> new CostDifference())
        .add(before, now);
    for (Dimension dimension : dimensions) {
      Name name = recosting.event().name(dimension.first());
      byDimension
          .computeIfAbsent(dimension.name(), added -> new TreeMap<>())
          .computeIfAbsent(name == null ? "" : name.text(), key -> new CostDifference())
          .add(before, now);
    }
  }

  CostDifference all() {
    return all;
  }

  /** In the order of days. */
  Map<LocalDate, CostDifference> byDay() {
    return byDay;
  }

  /** The names of the dimensions. */
  List<String> dimensions() {
    return List.copyOf(byDimension.keySet());
  }

  /** The keys of a dimension, the largest difference first. */
  List<Map.Entry<String, CostDifference>> by(String dimension) {
    return byDimension.getOrDefault(dimension, Map.of()).entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, CostDifference>, Money>comparing(
                    entry -> size(entry.getValue().difference()))
                .reversed())
        .toList();
  }

  private static Money size(Money money) {
    return money.signum() < 0 ? money.negate() : money;
  }
}
