package io.tokenmeter.domain.drivers;

import io.tokenmeter.domain.alert.Driver;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Says of each driver what it was and what it is. */
final class DriverDetail {
  private final Map<String, ModelUsage> usual;
  private final Map<String, ModelUsage> actual;
  private final ModelUsage before;
  private final ModelUsage now;
  private final double hours;

  DriverDetail(Map<String, ModelUsage> usual, Map<String, ModelUsage> actual, double hours) {
    this.usual = usual;
    this.actual = actual;
    this.hours = hours;
    before = SpendModel.total(usual);
    now = SpendModel.total(actual);
  }

  String of(Driver.Kind kind) {
    return switch (kind) {
      case REQUEST_VOLUME -> change(perHour(before), perHour(now), "requests an hour");
      case TOKENS_PER_REQUEST ->
          change(
              ratio(before.tokens(), before.requests()),
              ratio(now.tokens(), now.requests()),
              "tokens a request");
      case MODEL_MIX -> mix();
      case PRICE_PER_TOKEN -> price(before) + " to " + price(now) + " a million tokens";
      case CACHE_HIT_RATE ->
          share(before.cacheReadTokens(), before.inputTokens())
              + " to "
              + share(now.cacheReadTokens(), now.inputTokens())
              + " of the input tokens read from the cache";
      case RETRIES ->
          share(before.retries(), before.requests())
              + " to "
              + share(now.retries(), now.requests())
              + " of the requests are retries";
    };
  }

  private double perHour(ModelUsage usage) {
    return (usage.requests() - usage.retries()) / hours;
  }

  /** The model whose share of the requests has changed most. */
  private String mix() {
    TreeSet<String> models = new TreeSet<>(usual.keySet());
    models.addAll(actual.keySet());
    return models.stream()
        .max(
            Comparator.comparingDouble(
                model -> Math.abs(share(now, actual, model) - share(before, usual, model))))
        .map(
            model ->
                (model.isEmpty() ? "unnamed models" : model)
                    + " "
                    + percent(share(before, usual, model))
                    + " to "
                    + percent(share(now, actual, model))
                    + " of the requests")
        .orElse("no requests");
  }

  private static double share(ModelUsage all, Map<String, ModelUsage> byModel, String model) {
    return ratio(byModel.getOrDefault(model, ModelUsage.NONE).requests(), all.requests());
  }

  private static String price(ModelUsage usage) {
    return Dollars.text(1e6 * ratio(usage.cost(), usage.tokens()));
  }

  private static String share(double part, double whole) {
    return percent(ratio(part, whole));
  }

  private static String percent(double share) {
    return String.format(
        Locale.ROOT, share > 0 && share < 0.0995 ? "%.1f%%" : "%.0f%%", 100 * share);
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }

  private static String change(double before, double now, String unit) {
    return count(before) + " to " + count(now) + " " + unit;
  }

  private static String count(double value) {
    return String.format(
        Locale.ROOT, Math.abs(value) < 9.95 && value != 0 ? "%,.1f" : "%,.0f", value);
  }
}
