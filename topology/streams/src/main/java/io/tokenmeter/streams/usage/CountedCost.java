package io.tokenmeter.streams.usage;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.money.Money;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What an event has counted for so far, by the latest record that was written of it: a correction
 * adds the difference to every total it belongs to.
 *
 * @param revision of that record; 0 where it is not known yet
 * @param status how it was priced
 * @param byKind cost by kind, in the order of {@link CostKind}
 * @param costFields the record's cost fields as they were written, without the revision; empty
 *     where that record is not at hand
 * @param heldKey the key under which the event is held without a price; null if it is not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CountedCost(
    int revision,
    PricingStatus status,
    List<Money> byKind,
    byte[] costFields,
    @Nullable Bytes heldKey) {
  private static final byte[] NOT_AT_HAND = new byte[0];
  private static final List<Money> NOTHING =
      Collections.nCopies(CostKind.values().length, Money.ZERO);

  /** Guards the list against changes. */
  public CountedCost {
    byKind = List.copyOf(byKind);
  }

  /** An event that was held without a price under the given key. */
  public static CountedCost held(Bytes key) {
    return new CountedCost(0, PricingStatus.UNPRICED, NOTHING, NOT_AT_HAND, key);
  }

  /** Whether the event was counted as one without a price. */
  public boolean isUnpriced() {
    return status == PricingStatus.UNPRICED;
  }

  /** Whether a unit was billed at another rate than its own. */
  public boolean isFallback() {
    return status == PricingStatus.FALLBACK;
  }

  /** Cost of one kind. */
  public Money of(CostKind kind) {
    return byKind.get(kind.ordinal());
  }

  /** Cost of all kinds. */
  public Money total() {
    return byKind.stream().reduce(Money.ZERO, Money::plus);
  }

  /** Whether a cost counts for something else in totals, be it only as another status. */
  public boolean differsFrom(Cost cost) {
    if (status != cost.status()) {
      return true;
    }
    for (CostKind kind : CostKind.values()) {
      if (!of(kind).equals(cost.sumOf(kind).toMoney())) {
        return true;
      }
    }
    return false;
  }
}
