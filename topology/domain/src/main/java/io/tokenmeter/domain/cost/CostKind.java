package io.tokenmeter.domain.cost;

import io.tokenmeter.domain.usage.Side;
import io.tokenmeter.domain.usage.Unit;

/** The kinds into which a cost is broken down. */
public enum CostKind {
  /** Input tokens other than cache reads and writes. */
  INPUT,
  CACHE_READ,
  CACHE_WRITE,
  OUTPUT,
  /** Flat units: requests, searches, images, seconds. */
  FEE;

  private static final CostKind[] OF_UNIT = new CostKind[Unit.COUNT];

  static {
    for (Unit unit : Unit.values()) {
      OF_UNIT[unit.ordinal()] =
          unit.isPartOf(Unit.CACHE_READ)
              ? CACHE_READ
              : unit.isPartOf(Unit.CACHE_WRITE)
                  ? CACHE_WRITE
                  : unit.side() == Side.INPUT ? INPUT : OUTPUT;
    }
  }

  /** The kind of a line billed at this unit's rate. */
  public static CostKind of(Unit unit) {
    return OF_UNIT[unit.ordinal()];
  }
}
