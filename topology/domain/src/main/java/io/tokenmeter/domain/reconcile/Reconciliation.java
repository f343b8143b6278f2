package io.tokenmeter.domain.reconcile;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is billed compared with what was metered, by day and model. */
public final class Reconciliation {
  private static final int MOST_HOURS = 14;
  private static final Amounts NONE = new Amounts();
  private static final BigDecimal ALIKE = new BigDecimal("0.1");

  private final Billed billed;
  private final Metered metered;
  private final ZoneId zone;
  private final Tolerance tolerance;
  private final List<Comparison> days = new ArrayList<>();

  /**
   * Compares the days that an export covers.
   *
   * @param metered also of the day before and the day after, so that shifted days are recognised
   * @param zone where the export's days begin
   */
  public Reconciliation(Billed billed, Metered metered, ZoneId zone, Tolerance tolerance) {
    this.billed = billed;
    this.metered = metered;
    this.zone = zone;
    this.tolerance = tolerance;
    Map<DayModel, Amounts> own = metered(Duration.ZERO);
    Map<String, Integer> shifts = new HashMap<>();
    for (DayModel key : keys(own)) {
      Amounts bill = billed.byDay().getOrDefault(key, NONE);
      Amounts meter = own.getOrDefault(key, NONE);
      if (bill.isEmpty() && meter.isEmpty()) {
        continue;
      }
      boolean agrees = agree(bill, meter);
      List<Explanation> why = agrees ? List.of() : explain(key, bill, meter, own, shifts);
      days.add(new Comparison(key.day(), key.model(), bill, meter, agrees, why));
    }
  }

  private List<Explanation> explain(
      DayModel key,
      Amounts bill,
      Amounts meter,
      Map<DayModel, Amounts> own,
      Map<String, Integer> shifts) {
    int shift = shifts.computeIfAbsent(key.model(), model -> shift(model, own));
    if (shift != 0) {
      return List.of(shifted(shift));
    }
    if (!bill.isEmpty() && !bill.knowsTokens()) {
      Amounts allBilled = sum(key.model(), billed.byDay(), own);
      Amounts allMetered = sum(key.model(), own, own);
      // Days of a few rounded cents scatter; their sum says more, if they are all alike.
      if (alike(bill, meter, allBilled, allMetered)) {
        return CauseFinder.find(tolerance, allBilled, allMetered);
      }
    }
    return CauseFinder.find(tolerance, bill, meter);
  }

  private Amounts sum(String model, Map<DayModel, Amounts> of, Map<DayModel, Amounts> own) {
    Amounts sum = new Amounts();
    for (DayModel key : keys(own)) {
      if (key.model().equals(model)) {
        sum.add(of.getOrDefault(key, NONE));
      }
    }
    return sum;
  }

  private boolean alike(Amounts bill, Amounts meter, Amounts allBilled, Amounts allMetered) {
    BigDecimal ofDay = Ratio.of(meter.cost(), bill.cost());
    BigDecimal ofAll = Ratio.of(allMetered.cost(), allBilled.cost());
    return ofDay != null
        && ofAll != null
        && !agree(allBilled, allMetered)
        && ofDay.subtract(ofAll).abs().compareTo(ofAll.multiply(ALIKE)) <= 0;
  }

  /** All days and models on either side, in the order of days. */
  public List<Comparison> days() {
    return days;
  }

  /** Each model over all days; the causes are those of its days. */
  public List<Comparison> models() {
    SortedSet<String> names = new TreeSet<>();
    days.forEach(day -> names.add(day.model()));
    List<Comparison> models = new ArrayList<>();
    for (String name : names) {
      Amounts bill = new Amounts();
      Amounts meter = new Amounts();
      for (Comparison day : days) {
        if (day.model().equals(name)) {
          bill.add(day.billed());
          meter.add(day.metered());
        }
      }
      models.add(
          new Comparison(billed.days().first(), name, bill, meter, agree(bill, meter), List.of()));
    }
    return models;
  }

  /** Whether every day of every model is within the tolerance. */
  public boolean agrees() {
    return days.stream().allMatch(Comparison::agrees);
  }

  private SortedSet<DayModel> keys(Map<DayModel, Amounts> own) {
    SortedSet<DayModel> keys = new TreeSet<>(billed.byDay().keySet());
    if (!billed.days().isEmpty()) {
      LocalDate first = billed.days().first();
      LocalDate last = billed.days().last();
      own.keySet().stream()
          .filter(key -> !key.day().isBefore(first) && !key.day().isAfter(last))
          .forEach(keys::add);
    }
    return keys;
  }

  /** Hours by which days must begin later for a model's days to agree the closest; 0 if none do. */
  private int shift(String model, Map<DayModel, Amounts> own) {
    if (differing(model, own) < 2) {
      return 0;
    }
    int best = 0;
    BigDecimal least = null;
    for (int hours = -MOST_HOURS; hours <= MOST_HOURS; hours++) {
      Map<DayModel, Amounts> shifted = metered(Duration.ofHours(hours));
      if (differing(model, shifted) == 0) {
        BigDecimal distance = distance(model, shifted);
        if (least == null || distance.compareTo(least) < 0) {
          least = distance;
          best = hours;
        }
      }
    }
    return best;
  }

  /** How far the days of a model are apart, in dollars, or in tokens where there are no dollars. */
  private BigDecimal distance(String model, Map<DayModel, Amounts> own) {
    BigDecimal sum = BigDecimal.ZERO;
    for (DayModel key : keys(own)) {
      if (key.model().equals(model)) {
        sum =
            sum.add(billed.byDay().getOrDefault(key, NONE).distanceTo(own.getOrDefault(key, NONE)));
      }
    }
    return sum;
  }

  private long differing(String model, Map<DayModel, Amounts> own) {
    return keys(own).stream()
        .filter(key -> key.model().equals(model))
        .filter(key -> !agree(billed.byDay().getOrDefault(key, NONE), own.getOrDefault(key, NONE)))
        .count();
  }

  /** What has no line is billed with nothing; a few requests that cost next to nothing may be. */
  private boolean agree(Amounts bill, Amounts meter) {
    if (!bill.isEmpty()) {
      return CauseFinder.agree(tolerance, bill, meter);
    }
    BigDecimal own = meter.cost();
    return meter.unpriced() == 0
        && tolerance.agree(BigDecimal.ZERO, own == null ? BigDecimal.ZERO : own);
  }

  private Map<DayModel, Amounts> metered(Duration later) {
    return metered.byDay(zone, later, billed.isByModel());
  }

  private Explanation shifted(int hours) {
    return new Explanation(
        Cause.DAY_SHIFT,
        "all days agree if they begin %d %s %s than midnight in %s: the export counts days in another time zone"
            .formatted(
                Math.abs(hours),
                Math.abs(hours) == 1 ? "hour" : "hours",
                hours > 0 ? "later" : "earlier",
                zone.getId()));
  }
}
