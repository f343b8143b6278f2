package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.TimeWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the windows of a row of the project's own format: hours with prices of their own. */
final class WindowReader {
  private static final Set<String> WINDOW_KEYS = Set.of("name", "from", "to", "zone", "weekdays");

  private final RowErrors errors;

  WindowReader(RowErrors errors) {
    this.errors = errors;
  }

  void readInto(PriceRowBuilder row, Node item) {
    if (!(item instanceof Node.Mapping window)) {
      errors.add("malformed", item.line(), "windows: a mapping expected, found " + item.kind());
      return;
    }
    errors.unknownKeys(window, WINDOW_KEYS, PriceBlockReader.KEYS);
    LocalTime from = time(window, "from");
    LocalTime to = time(window, "to");
    String zone = errors.text(window, "zone");
    String name = errors.text(window, "name");
    Rates rates = new PriceBlockReader(errors).read(window);
    if (zone == null) {
      errors.add(
          "missing-key", window.line(), "a window needs 'zone', such as UTC or Asia/Shanghai");
    } else if (from != null && to != null && isZone(zone, window.line())) {
      row.window(
          new TimeWindow(
              name == null ? "off-peak" : name,
              zone,
              weekdays(window),
              from,
              to,
              rates.toUnitPrices()));
    }
  }

  private boolean isZone(String zone, int line) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException e) {
      errors.add("malformed", line, "zone: '" + zone + "' is no time zone");
      return false;
    }
  }

  private @Nullable LocalTime time(Node.Mapping window, String key) {
    String text = errors.text(window, key);
    if (text == null) {
      errors.add("missing-key", window.line(), "a window needs '" + key + "', such as \"16:30\"");
      return null;
    }
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      errors.add("malformed", window.line(), key + ": '" + text + "' is no time such as \"16:30\"");
      return null;
    }
  }

  private Set<DayOfWeek> weekdays(Node.Mapping window) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (window.get("weekdays") instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        DayOfWeek day = item instanceof Node.Scalar scalar ? Weekdays.parse(scalar.text()) : null;
        if (day == null) {
          errors.add(
              "malformed", item.line(), "weekdays: mon, tue, wed, thu, fri, sat or sun expected");
        } else {
          days.add(day);
        }
      }
    } else if (window.get("weekdays") != null) {
      errors.add("malformed", window.line(), "weekdays: a list expected, such as [sat, sun]");
    }
    return days;
  }
}
