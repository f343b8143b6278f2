package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.money.Money;
import org.jspecify.annotations.Nullable;

/** A change of the mix that was reported. */
final class Drift {
  final long sinceMicros;
  final String cause;
  final Money atStake;

  /** The share of the requests that had moved when it was reported. */
  final double moved;

  /** How many requests show whether it goes on. */
  final double requestsToSee;

  /** What was used since, an hour and more ago; not learned unless it becomes usual. */
  final MixSlot changed;

  /** Since when the mix looks usual again; null while it does not. */
  @Nullable Long calmSinceMicros;

  Drift(
      long sinceMicros,
      String cause,
      Money atStake,
      double moved,
      double requestsToSee,
      MixSlot changed) {
    this.sinceMicros = sinceMicros;
    this.cause = cause;
    this.atStake = atStake;
    this.moved = moved;
    this.requestsToSee = requestsToSee;
    this.changed = changed;
  }

  void write(StateWriter out) {
    out.number(sinceMicros).text(cause).money(atStake).real(moved).real(requestsToSee);
    changed.write(out);
    out.optional(calmSinceMicros);
  }

  static Drift read(StateReader in) {
    Drift drift =
        new Drift(in.number(), in.text(), in.money(), in.real(), in.real(), MixSlot.read(in));
    drift.calmSinceMicros = in.optional();
    return drift;
  }
}
