package io.tokenmeter.cli.prices;

import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Price rows as a table for people: the usual prices in dollars a million, and what else there is.
 */
final class PriceTable {

  private PriceTable() {}

  static TextTable of(List<PriceRow> rows) {
    TextTable table = new TextTable("llrrrr|lll");
    table.row(
        "PROVIDER", "MODEL", "INPUT", "CACHE READ", "CACHE WRITE", "OUTPUT", "FROM", "FOR", "ALSO");
    for (PriceRow row : rows) {
      table.row(
          row.provider(),
          row.model(),
          price(row, Unit.INPUT),
          price(row, Unit.CACHE_READ),
          price(row, Unit.CACHE_WRITE),
          price(row, Unit.OUTPUT),
          row.effectiveFrom() == null
              ? ""
              : row.effectiveFrom().toString().replace("T00:00:00Z", ""),
          scope(row),
          others(row));
    }
    return table;
  }

  private static String scope(PriceRow row) {
    List<String> scope = new ArrayList<>();
    if (row.region() != null) {
      scope.add("region " + row.region());
    }
    if (row.project() != null) {
      scope.add("project " + row.project());
    }
    if (row.team() != null) {
      scope.add("team " + row.team());
    }
    return String.join(", ", scope);
  }

  private static String price(PriceRow row, Unit unit) {
    for (UnitPrice price : row.prices()) {
      if (price.serviceTier().equals(UnitPrice.STANDARD) && price.unit().equals(unit.wireName())) {
        return perMillion(price.picosPerUnit()) + (price.contextTiers().isEmpty() ? "" : "+");
      }
    }
    return "";
  }

  static String perMillion(long picos) {
    BigDecimal dollars = new BigDecimal(BigInteger.valueOf(picos), 6).stripTrailingZeros();
    return (dollars.scale() < 2 ? dollars.setScale(2) : dollars).toPlainString();
  }

  private static String others(PriceRow row) {
    Set<String> also = new LinkedHashSet<>();
    for (UnitPrice price : row.prices()) {
      if (!price.serviceTier().equals(UnitPrice.STANDARD)) {
        also.add(price.serviceTier());
      } else if (!isShown(price.unit())) {
        also.add(price.unit());
      }
    }
    row.windows().forEach(window -> also.add(window.name()));
    row.regionMultipliers().keySet().stream().sorted().forEach(region -> also.add("in " + region));
    return String.join(", ", also);
  }

  private static boolean isShown(String unit) {
    return List.of(Unit.INPUT, Unit.CACHE_READ, Unit.CACHE_WRITE, Unit.OUTPUT).stream()
        .anyMatch(shown -> shown.wireName().equals(unit));
  }
}
