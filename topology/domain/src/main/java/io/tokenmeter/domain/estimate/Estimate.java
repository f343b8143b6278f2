package io.tokenmeter.domain.estimate;

import io.tokenmeter.domain.price.PriceRow;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workload costs with one model. Amounts are exact: decimals are neither rounded nor cut.
 *
 * @param provider who bills
 * @param model the model as the price list names it, or as it was asked for where no row has it
 * @param row the price row; null where none applies
 * @param perCall cost of a single call of the planned size, USD; null where it cannot be priced
 * @param perRequest cost of a request with its allowance, USD; null likewise
 * @param perDay cost of all requests of a day, USD; null likewise
 * @param fallbacks what was billed at another rate than its own, such as {@code cache_read_tokens
 *     -> input_tokens}
 * @param unpriced why there is no cost, or null
 */
public record Estimate(
    String provider,
    String model,
    @Nullable PriceRow row,
    @Nullable BigDecimal perCall,
    @Nullable BigDecimal perRequest,
    @Nullable BigDecimal perDay,
    List<String> fallbacks,
    @Nullable String unpriced) {

  /** Days of the month that estimates speak of. */
  public static final int DAYS_PER_MONTH = 30;

  public Estimate {
    fallbacks = List.copyOf(fallbacks);
  }

  static Estimate unpriced(String provider, String model, @Nullable PriceRow row, String why) {
    return new Estimate(provider, model, row, null, null, null, List.of(), why);
  }

  /** Whether there is a cost. */
  public boolean isPriced() {
    return perDay != null;
  }

  /** Cost of a month of 30 days, USD; null where it cannot be priced. */
  public @Nullable BigDecimal perMonth() {
    return perDay == null ? null : perDay.multiply(BigDecimal.valueOf(DAYS_PER_MONTH));
  }
}
