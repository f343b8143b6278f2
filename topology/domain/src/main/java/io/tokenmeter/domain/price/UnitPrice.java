package io.tokenmeter.domain.price;

import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What one unit costs at one service tier.
 *
 * @param serviceTier tier as served: {@value #STANDARD}, batch, flex, priority, provisioned
 * @param unit wire name of a {@link Unit}, or the name of a flat unit
 * @param picosPerUnit USD 1e-12 per unit; 0 is a price, and beats every fallback
 * @param contextTiers prices of requests with a long context, thresholds ascending; often none
 */
public record UnitPrice(
    String serviceTier, String unit, long picosPerUnit, List<ContextTier> contextTiers) {

  /** The tier of events and prices that name none. */
  public static final String STANDARD = "standard";

  public UnitPrice {
    contextTiers = List.copyOf(contextTiers);
  }

  /** A price at the standard tier, without context tiers. */
  public static UnitPrice of(String unit, long picosPerUnit) {
    return new UnitPrice(STANDARD, unit, picosPerUnit, List.of());
  }

  /** A price at the standard tier, in dollars a million units, such as {@code "2.50"}. */
  public static UnitPrice perMillion(String unit, String dollars) {
    return of(unit, Picos.ofDollarsPerMillion(new BigDecimal(dollars)));
  }

  /** A price at the standard tier, in dollars a unit, such as {@code "0.01"}. */
  public static UnitPrice each(String unit, String dollars) {
    return of(unit, Picos.ofDollars(new BigDecimal(dollars)));
  }

  public UnitPrice at(String tier) {
    return new UnitPrice(tier, unit, picosPerUnit, contextTiers);
  }

  /** The same with one more context tier, in dollars a million units. */
  public UnitPrice above(long threshold, String dollarsPerMillion) {
    long picos = Picos.ofDollarsPerMillion(new BigDecimal(dollarsPerMillion));
    List<ContextTier> tiers = new ArrayList<>(contextTiers);
    tiers.add(new ContextTier(threshold, picos));
    return new UnitPrice(serviceTier, unit, picosPerUnit, tiers);
  }
}
