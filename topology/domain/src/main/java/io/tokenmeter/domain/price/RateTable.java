package io.tokenmeter.domain.price;

import io.tokenmeter.domain.usage.Unit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rates of one row in one situation (service tier, context tier, time window, region), worked
 * out in advance so that pricing an event only reads arrays. Immutable.
 */
public final class RateTable {

  /** Returned by {@link #billedAt} for a unit that the row does not price. */
  public static final int NOT_PRICED = -1;

  /** Returned by {@link #contextThreshold} at the base rate. */
  public static final long BASE = -1;

  private final String serviceTier;
  private final @Nullable String window;
  private final long contextThreshold;
  private final long[] picos;
  private final byte[] billedAt;
  private final @Nullable String[] fallbacks;
  private final @Nullable Slices[] slices;
  private final Map<String, FlatRate> flatRates;

  RateTable(
      String serviceTier,
      @Nullable String window,
      long contextThreshold,
      long[] picos,
      byte[] billedAt,
      @Nullable String[] fallbacks,
      @Nullable Slices[] slices,
      Map<String, FlatRate> flatRates) {
    this.serviceTier = serviceTier;
    this.window = window;
    this.contextThreshold = contextThreshold;
    this.picos = picos;
    this.billedAt = billedAt;
    this.fallbacks = fallbacks;
    this.slices = slices;
    this.flatRates = flatRates;
  }

  /**
   * Ordinal of the unit whose rate a unit is billed at: itself, an ancestor, or {@link
   * #NOT_PRICED}.
   */
  public int billedAt(Unit unit) {
    return billedAt[unit.ordinal()];
  }

  /** Rate of a priced unit, USD 1e-12 per unit. */
  public long picosPerUnit(Unit unit) {
    return picos[unit.ordinal()];
  }

  /** How the unit's rate was found if it has none of its own here; null if it has one. */
  public @Nullable String fallback(Unit unit) {
    return fallbacks[unit.ordinal()];
  }

  /** Rates of a unit in a row with marginal tiers; null if it has one rate. */
  public @Nullable Slices slices(Unit unit) {
    return slices[unit.ordinal()];
  }

  /** Rate of a flat unit; null if the row does not price it. */
  public @Nullable FlatRate flatRate(String unit) {
    return flatRates.isEmpty() ? null : flatRates.get(unit);
  }

  /** Service tier of the rates. */
  public String serviceTier() {
    return serviceTier;
  }

  /** Name of the time window of the rates, or null. */
  public @Nullable String window() {
    return window;
  }

  /** The crossed threshold in input tokens, or {@link #BASE}. */
  public long contextThreshold() {
    return contextThreshold;
  }

  /**
   * Rate of a flat unit.
   *
   * @param fallback how the rate was found if not at the served tier, or null
   */
  public record FlatRate(String unit, long picosPerUnit, @Nullable String fallback) {}
}
