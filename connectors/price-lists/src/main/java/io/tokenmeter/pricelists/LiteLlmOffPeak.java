package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code off_peak_pricing}: hours in UTC, every day or on some weekdays, at which flat rates
 * replace the others whatever the service tier and the length of the input.
 */
final class LiteLlmOffPeak {
  private final Findings findings;
  private final Dollars dollars;
  private final String key;
  private final Rates rates;

  LiteLlmOffPeak(Findings findings, String key, Rates rates) {
    this.findings = findings;
    this.dollars = new Dollars(findings);
    this.key = key;
    this.rates = rates;
  }

  List<TimeWindow> read(Node node) {
    if (!(node instanceof Node.Mapping block)) {
      unmapped(node.line(), "an object expected");
      return List.of();
    }
    List<UnitPrice> prices = prices(block);
    List<TimeWindow> windows = new ArrayList<>();
    addWindows(windows, block.get("hours_utc"), Set.of(), prices);
    if (block.get("windows") instanceof Node.Sequence rules) {
      String zone = block.text("weekday_timezone");
      for (Node rule : rules.items()) {
        addRule(windows, rule, zone, prices);
      }
    }
    return windows;
  }

  private List<UnitPrice> prices(Node.Mapping block) {
    List<UnitPrice> prices = new ArrayList<>();
    for (Node.Entry entry : block.entries()) {
      String unit = LiteLlmField.parse(entry.key()).tokenUnit();
      OptionalLong picos =
          unit == null
              ? OptionalLong.empty()
              : dollars.picos(entry.value(), 1, key, "off-peak " + entry.key());
      if (unit != null && picos.isPresent()) {
        for (String tier : rates.tiers()) {
          prices.add(new UnitPrice(tier, unit, picos.getAsLong(), List.of()));
        }
      }
    }
    return prices;
  }

  private void addRule(
      List<TimeWindow> windows, Node node, @Nullable String zone, List<UnitPrice> prices) {
    if (!(node instanceof Node.Mapping rule)) {
      unmapped(node.line(), "a window must be an object");
      return;
    }
    Node days = rule.get("weekdays");
    if (days != null && zone != null && !zone.equals("UTC")) {
      unmapped(
          node.line(),
          "hours in UTC on weekdays of "
              + zone
              + " cannot be expressed; left out: write the row by hand");
      return;
    }
    Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    if (days instanceof Node.Sequence list) {
      for (Node day : list.items()) {
        DayOfWeek weekday =
            day instanceof Node.Scalar scalar ? Weekdays.parse(scalar.text()) : null;
        if (weekday == null) {
          unmapped(day.line(), "not a weekday; the window is left out");
          return;
        }
        weekdays.add(weekday);
      }
    }
    addWindows(windows, rule.get("hours_utc"), weekdays, prices);
  }

  private void addWindows(
      List<TimeWindow> windows, @Nullable Node hours, Set<DayOfWeek> days, List<UnitPrice> prices) {
    if (hours instanceof Node.Sequence list) {
      list.items().forEach(item -> addWindows(windows, item, days, prices));
    } else if (hours instanceof Node.Scalar scalar) {
      String[] ends = scalar.text().split("-", -1);
      try {
        LocalTime start = LocalTime.parse(ends[0].strip());
        LocalTime end = LocalTime.parse(ends[ends.length - 1].strip());
        windows.add(new TimeWindow("off-peak", "UTC", days, start, end, prices));
      } catch (DateTimeException e) {
        unmapped(hours.line(), "'" + scalar.text() + "' is not HH:MM-HH:MM; left out");
      }
    }
  }

  private void unmapped(int line, String message) {
    findings.warning(
        LiteLlmPrices.UNMAPPED + "off_peak_pricing", line, key, "off_peak_pricing: " + message);
  }
}
