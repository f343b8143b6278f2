package io.tokenmeter.domain.reconcile;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * A day of a model.
 *
 * @param day the day
 * @param model the model; empty for all together
 */
public record DayModel(LocalDate day, String model) implements Comparable<DayModel> {
  private static final Comparator<DayModel> ORDER =
      Comparator.comparing(DayModel::day).thenComparing(DayModel::model);

  @Override
  public int compareTo(DayModel other) {
    return ORDER.compare(this, other);
  }
}
