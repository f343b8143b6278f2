package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.money.Money;
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

  /** Since when it goes on this time: it may have ended and come back. */
  long sinceMicros;

  /** When something was last heard of it, event time, microseconds since the epoch. */
  long heardMicros;

  /** When it joined an incident that was over already, milliseconds since the epoch; else 0. */
  long trailsSinceMillis;

  /** The most dollars a day that it was said to come to so far. */
  double peak;

  Member(Finding began) {
    this.began = began;
    sinceMicros = began.sinceMicros();
    heardMicros = began.atMicros();
    peak = stake();
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

  /** As {@link #beganWith}, this one's onset being known no better than it took to show. */
  boolean mayHaveBegunWith(Member other) {
    long took = began.atMicros() - began.sinceMicros();
    return Math.abs(began.sinceMicros() - other.began.sinceMicros())
        <= Math.max(ONSET_MICROS, took);
  }

  /** Whether this one went on at some time of what the other was judged by. */
  boolean overlaps(Member other) {
    return began.sinceMicros() <= other.began.atMicros()
        && (ended == null || ended.atMicros() >= other.began.sinceMicros());
  }

  /**
   * Whether its detector ended it in the same look in which it found another one: a second cause on
   * top of it, no flicker.
   */
  boolean gaveWayTo(Finding second) {
    return ended != null
        && ended.atMicros() == second.atMicros()
        && CauseKey.of(began).equals(CauseKey.of(second));
  }

  /** Takes note of what it comes to by now; whether that is more than before. */
  boolean comesTo(Finding again) {
    double before = peak;
    peak = Math.max(peak, dollars(again.atStake()));
    return peak > before;
  }

  /** It has begun again before its incident was over. */
  void comesBack(Finding again) {
    ended = null;
    sinceMicros = again.sinceMicros();
    heardMicros = again.atMicros();
    comesTo(again);
  }

  /** Whether the subject may be a part of a key, as well as hold several of them. */
  boolean isPart() {
    return isWorkflow() || subject().dimension().equals("customer");
  }

  /** The model whose price has changed, where that is known to explain most of the change. */
  @Nullable Subject priced() {
    String model = began.priceOf();
    return model == null ? null : new Subject("model", model);
  }

  /** Whether most of the change is due to a unit price, of whichever model. */
  boolean isPriceChange() {
    return began.priceOf() != null
        || (!began.drivers().isEmpty()
            && began.drivers().get(0).kind() == Driver.Kind.PRICE_PER_TOKEN);
  }

  boolean isWorkflow() {
    return subject().dimension().equals("workflow");
  }

  boolean isModel() {
    return subject().dimension().equals("model");
  }

  /** How many times the expected dollars were spent; 0 where that is not known. */
  double timesUsual() {
    Money observed = began.observed();
    Money expected = began.expected();
    return observed == null || expected == null || expected.signum() <= 0
        ? 0
        : dollars(observed) / dollars(expected);
  }

  /** Dollars at stake in a day as it began, for comparing. */
  double stake() {
    return dollars(began.atStake());
  }

  private static double dollars(Money money) {
    return money.toBigDecimal().doubleValue();
  }
}
