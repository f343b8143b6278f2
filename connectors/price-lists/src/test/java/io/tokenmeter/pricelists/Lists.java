package io.tokenmeter.pricelists;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.UsageQuantities;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads small lists and asks them for prices. */
final class Lists {

  private Lists() {}

  static PriceList yaml(String text) {
    return read(text, PriceListFormat.TOKENMETER, ReadOptions.DEFAULT);
  }

  static PriceList genai(String text) {
    return read(text, PriceListFormat.GENAI_PRICES, ReadOptions.DEFAULT);
  }

  static PriceList litellm(String text) {
    return read(text, PriceListFormat.LITELLM, ReadOptions.DEFAULT);
  }

  static PriceList read(String text, PriceListFormat format, ReadOptions options) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return PriceLists.read(new ByteArrayInputStream(bytes), format, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows written in the project's own format. */
  static String written(List<PriceRow> rows) {
    StringBuilder yaml = new StringBuilder();
    try {
      new YamlPriceWriter(yaml).write(List.of(), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return yaml.toString();
  }

  /** Findings as "severity reason row", which is what a test is about. */
  static List<String> findings(PriceList list) {
    return list.findings().stream()
        .map(finding -> finding.severity() + " " + finding.reason() + " " + finding.row())
        .toList();
  }

  /** An event that can be changed before it is priced. */
  static BillableEvent event(String provider, String model, String at, Map<String, Long> usage) {
    UsageQuantities quantities = new UsageQuantities();
    usage.forEach(
        (unit, count) -> quantities.setExtra(unit, count * UsageQuantities.MICROS_PER_UNIT));
    return BillableEvent.of(provider, model, Instant.parse(at), quantities);
  }

  /** What an event costs in dollars, or "UNPRICED". */
  static String cost(PriceList list, BillableEvent event) {
    Cost cost = new CostCalculator().calculate(PriceBook.of(list.priceRows()), event);
    return cost.hasCost() ? cost.totalCost().toPlainString() : cost.status().name();
  }

  static String cost(PriceList list, String provider, String model, Map<String, Long> usage) {
    return cost(list, event(provider, model, "2026-04-01T12:00:00Z", usage));
  }
}
