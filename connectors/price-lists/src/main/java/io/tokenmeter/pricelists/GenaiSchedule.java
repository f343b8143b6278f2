package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The conditional prices of one model of genai-prices, laid out in time. There the last entry whose
 * constraint is met wins, and the first one where none is met; here every stretch between two start
 * dates becomes a row of its own, with the hours of the day as windows.
 */
final class GenaiSchedule {

  /** When an entry of the list holds. All null: always. */
  record Constraint(
      @Nullable Instant startDate,
      @Nullable LocalTime startTime,
      @Nullable LocalTime endTime,
      @Nullable ZoneOffset offset) {

    static final Constraint NONE = new Constraint(null, null, null, null);

    boolean isWindow() {
      return startTime != null;
    }

    boolean holdsFrom(@Nullable Instant moment) {
      return startDate == null || (moment != null && !startDate.isAfter(moment));
    }
  }

  /** One entry of the list. */
  record Conditional(Constraint constraint, List<UnitPrice> prices) {}

  /**
   * A stretch of time with the same rules.
   *
   * @param from null for "always"
   * @param to null for "until the next one"
   */
  record Stretch(
      @Nullable Instant from,
      @Nullable Instant to,
      List<UnitPrice> prices,
      List<TimeWindow> windows) {}

  private GenaiSchedule() {}

  /**
   * Reads {@code constraint}.
   *
   * @throws DateTimeException if a date or time is malformed
   * @throws IllegalArgumentException if it is a constraint of another kind
   */
  static Constraint constraint(@Nullable Node node) {
    if (node == null) {
      return Constraint.NONE;
    }
    if (node instanceof Node.Mapping mapping) {
      String date = mapping.text("start_date");
      String start = mapping.text("start_time");
      String end = mapping.text("end_time");
      int keys = mapping.entries().size();
      if (keys == 1 && date != null) {
        Instant from = LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Constraint(from, null, null, null);
      }
      if (keys == 2 && start != null && end != null) {
        OffsetTime from = OffsetTime.parse(start);
        OffsetTime to = OffsetTime.parse(end).withOffsetSameInstant(from.getOffset());
        return new Constraint(null, from.toLocalTime(), to.toLocalTime(), from.getOffset());
      }
    }
    throw new IllegalArgumentException("neither {start_date} nor {start_time, end_time}");
  }

  /** The stretches of time, oldest first. */
  static List<Stretch> stretches(List<Conditional> entries) {
    Set<Instant> starts = new TreeSet<>();
    for (Conditional entry : entries) {
      if (entry.constraint().startDate() != null) {
        starts.add(entry.constraint().startDate());
      }
    }
    List<Stretch> stretches = new ArrayList<>();
    Instant from = null;
    for (Instant next : starts) {
      stretches.add(stretch(entries, from, next));
      from = next;
    }
    stretches.add(stretch(entries, from, null));
    return stretches;
  }

  @SuppressWarnings(
      "ReferenceEquality") // two entries may be equal; which one is the base is its place in the
  // list
  private static Stretch stretch(
      List<Conditional> entries, @Nullable Instant from, @Nullable Instant to) {
    List<Conditional> windows = new ArrayList<>();
    Conditional base = entries.get(0);
    for (int i = entries.size() - 1; i >= 0; i--) {
      Conditional entry = entries.get(i);
      if (entry.constraint().isWindow()) {
        windows.add(entry);
      } else if (entry.constraint().holdsFrom(from)) {
        base = entry;
        break;
      }
    }
    List<TimeWindow> hours = new ArrayList<>();
    for (Conditional window : windows) {
      if (window != base) {
        hours.add(window(window.constraint(), UnitFill.complete(window.prices(), base.prices())));
      }
    }
    return new Stretch(from, to, base.prices(), hours);
  }

  private static TimeWindow window(Constraint when, List<UnitPrice> prices) {
    LocalTime start = Objects.requireNonNull(when.startTime());
    LocalTime end = Objects.requireNonNull(when.endTime());
    String zone = Objects.requireNonNull(when.offset()).getId();
    return new TimeWindow(start + "-" + end + " " + zone, zone, Set.of(), start, end, prices);
  }
}
