package io.tokenmeter.domain.usage;

/** Side of a request that a lattice unit belongs to. */
public enum Side {
  INPUT,
  OUTPUT
}
