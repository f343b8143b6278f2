package io.tokenmeter.domain.price;

import io.tokenmeter.domain.price.Finding.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks rows against one another: same key, effective ranges, names claimed twice, overrides. */
final class ListCheck {

  private ListCheck() {}

  static void check(Collection<PriceRow> rows, List<Finding> findings) {
    Map<String, List<PriceRow>> series = new LinkedHashMap<>();
    for (PriceRow row : rows) {
      series.computeIfAbsent(seriesOf(row), s -> new ArrayList<>()).add(row);
    }
    series.values().forEach(inOneSeries -> checkRanges(inOneSeries, findings));
    checkNames(rows, findings);
    checkOverrides(rows, findings);
  }

  /** Rows that follow one another in time. */
  private static String seriesOf(PriceRow row) {
    return row.toBuilder().effectiveFrom(null).build().key();
  }

  private static void checkRanges(List<PriceRow> series, List<Finding> findings) {
    List<PriceRow> ordered = new ArrayList<>(series);
    ordered.sort(Comparator.comparing(ListCheck::start));
    for (int i = 1; i < ordered.size(); i++) {
      PriceRow row = ordered.get(i - 1);
      PriceRow next = ordered.get(i);
      RowFindings ofNext = new RowFindings(next, findings);
      if (start(row).equals(start(next))) {
        ofNext.error(
            "ROW_TWICE",
            "Two rows have this key, so every unit in both is priced twice. Remove one of them.");
      } else if (row.effectiveTo() != null && start(next).isBefore(row.effectiveTo())) {
        ofNext.error(
            "RANGES_OVERLAP",
            "The row starts before "
                + row.key()
                + " ends, at "
                + row.effectiveTo()
                + ". End that row where this one starts, or leave its end open.");
      } else if (isGapBefore(start(next), ordered.subList(0, i))) {
        ofNext.warning(
            "RANGE_GAP",
            "Nothing is priced between the end of "
                + row.key()
                + ", "
                + row.effectiveTo()
                + ", and the start of this row. Close the gap if the model was sold then.");
      }
    }
  }

  private static boolean isGapBefore(Instant start, List<PriceRow> earlier) {
    return earlier.stream()
        .allMatch(row -> row.effectiveTo() != null && row.effectiveTo().isBefore(start));
  }

  private static Instant start(PriceRow row) {
    Instant from = row.effectiveFrom();
    return from == null ? Instant.MIN : from;
  }

  /**
   * Two models of one provider that claim a name equally closely: which one prices it is chance.
   */
  private static void checkNames(Collection<PriceRow> rows, List<Finding> findings) {
    Map<String, PriceRow> claims = new HashMap<>();
    Set<String> reported = new HashSet<>();
    for (PriceRow row : rows) {
      String scope = row.provider() + '|' + row.region() + '|' + row.project() + '|' + row.team();
      for (ModelPattern pattern : row.patterns()) {
        String text = pattern.kind() + " " + pattern.text().toLowerCase(Locale.ROOT);
        PriceRow first = claims.putIfAbsent(scope + '|' + text, row);
        if (first != null
            && !first.model().equals(row.model())
            && reported.add(row.model() + '|' + scope + '|' + text)) {
          new RowFindings(row, findings)
              .warning(
                  "NAME_CLAIMED_TWICE",
                  "The pattern "
                      + text
                      + " also belongs to "
                      + first.key()
                      + ". Keep it at one model, or the later start decides.");
        }
      }
    }
  }

  private static void checkOverrides(Collection<PriceRow> rows, List<Finding> findings) {
    Map<String, Set<String>> listed = new HashMap<>();
    rows.stream()
        .filter(row -> !row.isOverride())
        .forEach(
            row -> listed.computeIfAbsent(modelOf(row), m -> new HashSet<>()).addAll(unitsOf(row)));
    for (PriceRow row : rows) {
      Set<String> missing = new HashSet<>(listed.getOrDefault(modelOf(row), Set.of()));
      missing.removeAll(unitsOf(row));
      if (row.isOverride() && !missing.isEmpty()) {
        findings.add(
            new Finding(
                Severity.WARNING,
                "OVERRIDE_LACKS_UNITS",
                row.key(),
                "The override has no price for "
                    + missing.stream().sorted().collect(Collectors.joining(", "))
                    + ", which the list prices. A row is complete in itself: add them."));
      }
    }
  }

  private static String modelOf(PriceRow row) {
    return row.provider() + '|' + row.model();
  }

  private static Set<String> unitsOf(PriceRow row) {
    return row.prices().stream().map(UnitPrice::unit).collect(Collectors.toSet());
  }
}
