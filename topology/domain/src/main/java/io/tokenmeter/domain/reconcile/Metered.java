package io.tokenmeter.domain.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** What was metered, by hour and model, so that days can begin in any zone of whole hours. */
public final class Metered {
  private record HourModel(Instant hour, String model) {}

  private final Map<HourModel, Amounts> byHour = new HashMap<>();

  /** What was metered of a model in the hour of a moment, to be added to. */
  public Amounts at(Instant moment, String model) {
    return byHour.computeIfAbsent(
        new HourModel(moment.truncatedTo(ChronoUnit.HOURS), model), key -> new Amounts());
  }

  /** By day and model, if days begin so long after they do in a zone. */
  Map<DayModel, Amounts> byDay(ZoneId zone, Duration later, boolean byModel) {
    Map<DayModel, Amounts> days = new HashMap<>();
    byHour.forEach(
        (key, amounts) -> {
          LocalDate day = LocalDate.ofInstant(key.hour.minus(later), zone);
          days.computeIfAbsent(new DayModel(day, byModel ? key.model : ""), k -> new Amounts())
              .add(amounts);
        });
    return days;
  }
}
