package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Rented capacity against paying by the token, for the traffic there was.
 *
 * <p>A request keeps a unit busy for its input divided by the unit's input throughput, and its
 * output by its output throughput. The busiest hour decides how many units it takes.
 */
public final class CapacityComparison {
  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final BigDecimal HOUR_SECONDS = BigDecimal.valueOf(3600);
  private static final int DECIMALS = 12;

  private final CapacityOffer offer;
  private final Duration window;
  private final Map<Long, BigDecimal> busySeconds = new HashMap<>();
  private final MoneySum spent = new MoneySum();
  private long requests;

  /**
   * A comparison of an offer with what its requests cost.
   *
   * @param from the first moment whose requests are added
   * @param to the end, exclusive
   */
  public CapacityComparison(CapacityOffer offer, Instant from, Instant to) {
    this.offer = offer;
    this.window = Duration.between(from, to);
  }

  /** Adds a request; one that the capacity does not serve changes nothing. */
  public void add(ServedRequest request) {
    if (!offer.serves(request)) {
      return;
    }
    BigDecimal seconds =
        seconds(request.tokens(Unit.INPUT), offer.inputPerSecond())
            .add(seconds(request.tokens(Unit.OUTPUT), offer.outputPerSecond()));
    busySeconds.merge(Math.floorDiv(request.atMicros(), HOUR_MICROS), seconds, BigDecimal::add);
    spent.add(request.cost());
    requests++;
  }

  private static BigDecimal seconds(long tokens, BigDecimal perSecond) {
    return BigDecimal.valueOf(tokens).divide(perSecond, DECIMALS, RoundingMode.HALF_UP);
  }

  /** What renting it would have saved; negative where it costs more. */
  public Saving saving() {
    long units = units();
    BigDecimal hours =
        BigDecimal.valueOf(window.toMillis())
            .divide(BigDecimal.valueOf(3_600_000), DECIMALS, RoundingMode.HALF_EVEN);
    BigDecimal rent =
        offer.usdPerHour().toBigDecimal().multiply(BigDecimal.valueOf(units)).multiply(hours);
    Money paid = spent.toMoney();
    Money saved = paid.minus(Money.of(rent.setScale(Money.SCALE, RoundingMode.HALF_EVEN)));
    return new Saving(
        Saving.Kind.CAPACITY,
        offer.name(),
        offer.kind(),
        String.join(", ", offer.replaces()),
        units + (units == 1 ? " unit" : " units"),
        requests,
        paid,
        saved,
        evidence(units, hours));
  }

  /** What the busiest hour needs; none without traffic. */
  private long units() {
    BigDecimal peak = busySeconds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    return peak.divide(HOUR_SECONDS.multiply(offer.utilization()), 0, RoundingMode.CEILING)
        .longValueExact();
  }

  private String evidence(long units, BigDecimal hours) {
    BigDecimal busyHours =
        busySeconds.values().stream()
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(HOUR_SECONDS, DECIMALS, RoundingMode.HALF_EVEN);
    if (units == 0 || busyHours.signum() == 0 || hours.signum() == 0) {
      return "no requests of these models";
    }
    double busy = busyHours.doubleValue() / (units * hours.doubleValue());
    BigDecimal paidPerBusyHour =
        spent.toMoney().toBigDecimal().divide(busyHours, DECIMALS, RoundingMode.HALF_EVEN);
    String breakEven =
        paidPerBusyHour.compareTo(offer.usdPerHour().toBigDecimal()) <= 0
            ? "never pays: a busy hour of it is paid with $%s now"
                .formatted(paidPerBusyHour.setScale(2, RoundingMode.HALF_EVEN).toPlainString())
            : "pays from "
                + Percent.of(
                    offer.usdPerHour().toBigDecimal().doubleValue() / paidPerBusyHour.doubleValue())
                + " on";
    return "busy %s of the time; %s".formatted(Percent.of(busy), breakEven);
  }
}
