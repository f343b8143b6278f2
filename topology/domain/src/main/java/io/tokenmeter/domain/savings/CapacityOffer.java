package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.Glob;
import java.math.BigDecimal;
import java.util.List;

/**
 * Capacity that is rented by the hour: a provider's provisioned throughput, or machines that serve
 * a model of one's own.
 *
 * @param name tells offers apart
 * @param kind provisioned or self-hosted, as it was written
 * @param replaces whose requests it would serve, as PROVIDER/MODEL with {@code *} and {@code ?}
 * @param usdPerHour rent of one unit
 * @param inputPerSecond input tokens a second that one unit reads while it does nothing else
 * @param outputPerSecond output tokens a second that one unit writes while it does nothing else
 * @param utilization the part of that which it can be counted on, 0 to 1
 */
public record CapacityOffer(
    String name,
    String kind,
    List<String> replaces,
    Money usdPerHour,
    BigDecimal inputPerSecond,
    BigDecimal outputPerSecond,
    BigDecimal utilization) {
  /** What can be counted on where nobody knows better. */
  public static final BigDecimal USUAL_UTILIZATION = new BigDecimal("0.8");

  /**
   * Checks an offer.
   *
   * @throws IllegalArgumentException naming what is wrong and what it may be
   */
  public CapacityOffer {
    replaces = List.copyOf(replaces);
    require(!replaces.isEmpty(), "replaces must name at least one PROVIDER/MODEL");
    require(usdPerHour.signum() > 0, "usd_per_hour must be above 0");
    require(inputPerSecond.signum() > 0, "input_tokens_per_second must be above 0");
    require(outputPerSecond.signum() > 0, "output_tokens_per_second must be above 0");
    require(
        utilization.signum() > 0 && utilization.compareTo(BigDecimal.ONE) <= 0,
        "utilization must be above 0 and at most 1, not " + utilization);
  }

  /** Whether it would serve a request. */
  boolean serves(ServedRequest request) {
    String name = request.provider() + "/" + request.model();
    return replaces.stream().anyMatch(pattern -> Glob.matches(pattern, name));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
