package io.tokenmeter.pricelists;

import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes a replacing set of prices complete. In genai-prices the entry that wins replaces the whole
 * price; a window here replaces unit by unit. A unit that the window leaves out is therefore given
 * the price of its nearest ancestor in the window, which is what it costs there.
 */
final class UnitFill {

  private UnitFill() {}

  static List<UnitPrice> complete(List<UnitPrice> window, List<UnitPrice> base) {
    Map<String, UnitPrice> priced = new LinkedHashMap<>();
    window.forEach(price -> priced.put(price.unit(), price));
    List<UnitPrice> complete = new ArrayList<>(window);
    for (UnitPrice price : base) {
      Unit unit = Unit.byName(price.unit());
      if (unit != null && !priced.containsKey(price.unit())) {
        unit.ancestors().stream()
            .map(ancestor -> priced.get(ancestor.wireName()))
            .filter(Objects::nonNull)
            .findFirst()
            .ifPresent(
                nearest ->
                    complete.add(
                        new UnitPrice(
                            nearest.serviceTier(),
                            price.unit(),
                            nearest.picosPerUnit(),
                            nearest.contextTiers())));
      }
    }
    return complete;
  }
}
