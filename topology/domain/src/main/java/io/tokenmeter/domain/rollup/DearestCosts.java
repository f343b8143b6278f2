package io.tokenmeter.domain.rollup;

import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The highest of some costs, the largest first, and the costs that a difference takes away.
 *
 * <p>Costs are added and taken away; at most {@value #BOUND} are known. So the highest is exact as
 * long as there are no more than that, or not all that are known have become lower than one that
 * was let go; it is never more than the truth.
 */
public final class DearestCosts {
  private static final int BOUND = 8;

  private final List<Money> known = new ArrayList<>(1);

  /** Costs that are to be taken from others, because they are not among these. */
  private final List<Money> takenAway = new ArrayList<>(0);

  /** Adds a cost, unless it was taken away before. */
  public void add(Money cost) {
    if (takenAway.remove(cost)) {
      return;
    }
    int at = known.size();
    while (at > 0 && known.get(at - 1).compareTo(cost) < 0) {
      at--;
    }
    known.add(at, cost);
    if (known.size() > BOUND) {
      known.remove(BOUND);
    }
  }

  /** Takes a cost away. */
  public void take(Money cost) {
    if (!known.remove(cost)) {
      takenAway.add(cost);
    }
  }

  /** Adds and takes away what another does. */
  public void add(DearestCosts other) {
    other.takenAway.forEach(this::take);
    other.known.forEach(this::add);
  }

  /**
   * Ends what is a difference: what could not be taken away here was let go already, and is in no
   * other place.
   */
  public void settle() {
    takenAway.clear();
  }

  /** The highest; zero if there is none. */
  public Money highest() {
    return known.isEmpty() ? Money.ZERO : known.get(0);
  }

  /** All that are known, the highest first. */
  public Collection<Money> known() {
    return List.copyOf(known);
  }

  /** What is to be taken from others. */
  public Collection<Money> takenAway() {
    return List.copyOf(takenAway);
  }
}
