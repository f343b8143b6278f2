package io.tokenmeter.domain.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one model from one provider, from one date on: a row of the price table.
 *
 * <p>A row is complete in itself: a unit that it does not price is not looked up in another row.
 * Rows are built with {@link #of} and may be wrong; {@link PriceListCheck} finds out.
 *
 * @param provider who bills, as in the event; not the vendor of the model
 * @param providerAliases other names of that provider in events
 * @param model name of the model; an event's model equal to it beats every pattern
 * @param patterns further names of the model; one match is enough
 * @param region the only region the row applies to; null for every region
 * @param project the only project the row applies to, which makes it an override; null for all
 * @param team the only team the row applies to, which makes it an override; null for all
 * @param effectiveFrom first moment of the row, inclusive; null for "always"
 * @param effectiveTo end of the row, exclusive; null for "until a later row starts"
 * @param prices one per service tier and unit
 * @param windows hours with prices of their own; of several at once the first applies
 * @param inclusiveThresholds whether a context tier starts at its threshold, not above it
 * @param marginalTiers whether a context tier prices only what a unit has beyond the threshold, not
 *     the whole request
 * @param regionMultipliers factor on the token prices by the event's region
 * @param multipliersCoverCache whether these factors also apply to cache reads and writes
 * @param source where the prices come from, for people
 */
public record PriceRow(
    String provider,
    List<String> providerAliases,
    String model,
    List<ModelPattern> patterns,
    @Nullable String region,
    @Nullable String project,
    @Nullable String team,
    @Nullable Instant effectiveFrom,
    @Nullable Instant effectiveTo,
    List<UnitPrice> prices,
    List<TimeWindow> windows,
    boolean inclusiveThresholds,
    boolean marginalTiers,
    Map<String, BigDecimal> regionMultipliers,
    boolean multipliersCoverCache,
    @Nullable String source) {

  public PriceRow {
    providerAliases = List.copyOf(providerAliases);
    patterns = List.copyOf(patterns);
    prices = List.copyOf(prices);
    windows = List.copyOf(windows);
    regionMultipliers = Map.copyOf(regionMultipliers);
  }

  /** Starts a row for every region and customer, without dates, windows and multipliers. */
  public static PriceRowBuilder of(String provider, String model) {
    return new PriceRowBuilder(provider, model);
  }

  /** A builder that starts from this row. */
  public PriceRowBuilder toBuilder() {
    return new PriceRowBuilder(this);
  }

  /** Whether the row is a negotiated one, for a project or a team. */
  public boolean isOverride() {
    return project != null || team != null;
  }

  /**
   * The row's identity and its key in the price table, such as {@code
   * openai|gpt-4o|2024-10-01T00:00:00Z|region=eu|team=search}.
   */
  public String key() {
    StringBuilder key = new StringBuilder();
    key.append(escape(provider)).append('|').append(escape(model)).append('|');
    key.append(effectiveFrom == null ? "always" : effectiveFrom.toString());
    append(key, "|region=", region);
    append(key, "|project=", project);
    append(key, "|team=", team);
    return key.toString();
  }

  private static void append(StringBuilder key, String label, @Nullable String value) {
    if (value != null) {
      key.append(label).append(escape(value));
    }
  }

  private static String escape(String part) {
    return part.replace("%", "%25").replace("|", "%7C");
  }
}
