package io.tokenmeter.mapping.event;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one event in the normal form: totals are inclusive, subsets are named, absent is
 * not zero.
 *
 * <p>Tokens that have a field of their own go there, all others to {@code extra_units}. A zero for
 * a mere part says nothing that the total does not, and is left out of {@code extra_units}.
 */
public final class UsageCounts {

  private final Map<Unit, Long> tokens = new EnumMap<>(Unit.class);
  private final Map<String, BigDecimal> fees = new LinkedHashMap<>();

  /**
   * Takes down a count; null is none.
   *
   * @throws RejectedException if the unit was reported before with another count
   */
  public void report(Unit unit, @Nullable Long count) throws RejectedException {
    if (count == null) {
      return;
    }
    Long before = tokens.putIfAbsent(unit, count);
    if (before != null && !before.equals(count)) {
      throw RejectedException.contradictory(
          unit.wireName() + " is reported twice, as " + before + " and as " + count);
    }
  }

  /** Takes down a flat unit that is billed by itself, such as web_searches; null is none. */
  public void reportFlat(String unit, @Nullable BigDecimal quantity) throws RejectedException {
    if (quantity != null) {
      fees.put(unit, Numbers.quantity(unit, quantity));
    }
  }

  /** Takes down a quantity by its unit's name, whichever kind of unit that is. */
  public void reportNamed(String name, BigDecimal quantity) throws RejectedException {
    Unit unit = Unit.byName(name);
    if (unit == null) {
      reportFlat(name, quantity);
    } else {
      report(unit, Numbers.count(name, quantity));
    }
  }

  public @Nullable Long get(Unit unit) {
    return tokens.get(unit);
  }

  void writeTo(UsageEvent event) {
    event.setInputTokens(tokens.remove(Unit.INPUT));
    event.setCacheReadTokens(tokens.remove(Unit.CACHE_READ));
    event.setCacheWriteTokens(tokens.remove(Unit.CACHE_WRITE));
    event.setCacheWrite1hTokens(tokens.remove(Unit.CACHE_WRITE_1H));
    event.setOutputTokens(tokens.remove(Unit.OUTPUT));
    event.setReasoningTokens(tokens.remove(Unit.OUTPUT_REASONING));
    Map<String, BigDecimal> extra = new LinkedHashMap<>();
    tokens.forEach(
        (unit, count) -> {
          if (count != 0) {
            extra.put(unit.wireName(), BigDecimal.valueOf(count).setScale(6));
          }
        });
    extra.putAll(fees);
    event.setExtraUnits(extra.isEmpty() ? null : extra);
  }
}
