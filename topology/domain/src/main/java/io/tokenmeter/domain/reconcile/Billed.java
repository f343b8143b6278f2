package io.tokenmeter.domain.reconcile;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What a provider bills, by day and model. */
public final class Billed {
  private final Map<DayModel, Amounts> byDay = new HashMap<>();
  private final NavigableSet<LocalDate> days = new TreeSet<>();
  private final boolean byModel;

  /**
   * Adds an export up.
   *
   * @param lines its lines
   * @param days the days it covers, also those without a line
   * @param model the name under which a model of the export is metered
   */
  public Billed(
      Collection<BilledLine> lines, Collection<LocalDate> days, UnaryOperator<String> model) {
    this.days.addAll(days);
    byModel = lines.stream().anyMatch(line -> !line.model().isEmpty());
    for (BilledLine line : lines) {
      this.days.add(line.day());
      String name = line.model().isEmpty() ? "" : model.apply(line.model());
      byDay.computeIfAbsent(new DayModel(line.day(), name), key -> new Amounts()).add(line);
    }
  }

  /** The days covered, from the first to the last; empty for an export without any. */
  public NavigableSet<LocalDate> days() {
    return days;
  }

  /** Whether lines name their models; otherwise only days can be compared. */
  public boolean isByModel() {
    return byModel;
  }

  /** Whether there is a line for a model, by the name under which it is metered. */
  public boolean hasModel(String model) {
    return byDay.keySet().stream().anyMatch(key -> key.model().equals(model));
  }

  Map<DayModel, Amounts> byDay() {
    return byDay;
  }
}
