package io.tokenmeter.domain.alert;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One subject in an incident: the finding with which it began, and whether it has ended. */
final class Member {
  /** Dimensions from the narrowest on; those not named here are in the middle. */
  private static final List<String> NARROWEST =
      List.of("api_key", "workflow", "customer", "", "team", "project", "model");

  private static final Map<String, Integer> RANKS = ranks();

  private static final long ONSET_MICROS = 120_000_000L;

  final Finding began;
  @Nullable Finding ended;

  /** When something was last heard of it, event time, microseconds since the epoch. */
  long heardMicros;

  /** When it joined an incident that was over already, milliseconds since the epoch; else 0. */
  long trailsSinceMillis;

  Member(Finding began) {
    this.began = began;
    heardMicros = began.atMicros();
  }

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new java.util.HashMap<>();
    NARROWEST.forEach(dimension -> ranks.put(dimension, ranks.size()));
    return Map.copyOf(ranks);
  }

  boolean isOpen() {
    return ended == null;
  }

  Subject subject() {
    return began.subject();
  }

  /** Position from the narrowest dimension, 0, to the broadest. */
  int rank() {
    return RANKS.getOrDefault(subject().dimension(), RANKS.getOrDefault("", 0));
  }

  /** Whether both began at about the same time. */
  boolean beganWith(Member other) {
    return Math.abs(began.sinceMicros() - other.began.sinceMicros()) <= ONSET_MICROS;
  }

  /** Whether this one can be what the other shows: began with it, or before and goes on. */
  boolean mayCause(Member other) {
    return beganWith(other) || (isOpen() && began.sinceMicros() <= other.began.sinceMicros());
  }

  /** Whether most of the change is due to a unit price. */
  boolean isPriceChange() {
    return !began.drivers().isEmpty()
        && began.drivers().get(0).kind() == Driver.Kind.PRICE_PER_TOKEN;
  }

  boolean isModel() {
    return subject().dimension().equals("model");
  }

  /** Dollars at stake in a day, for comparing. */
  double stake() {
    return began.atStake().toBigDecimal().doubleValue();
  }
}
