package io.tokenmeter.domain.price;

import java.util.List;

/**
 * Marginal rates of one unit: each slice of its quantity has a rate of its own.
 *
 * @param starts quantity at which each slice starts, ascending; the first is 0
 * @param picosPerUnit rate of each slice, USD 1e-12 per unit
 */
public record Slices(List<Long> starts, List<Long> picosPerUnit) {

  public int count() {
    return starts.size();
  }

  /** How much of {@code quantity} lies in a slice. */
  public long quantityIn(int slice, long quantity) {
    long end = slice + 1 < count() ? starts.get(slice + 1) : Long.MAX_VALUE;
    return Math.max(0, Math.min(quantity, end) - starts.get(slice));
  }
}
