package io.tokenmeter.domain.reconcile;

import io.tokenmeter.domain.cost.CostKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a provider's export. What an export does not say is absent, which is not 0.
 *
 * @param day the day, in the export's zone
 * @param model the model as the provider names it; empty for a line about all models or none
 * @param tokens tokens by kind; the input includes what is cached
 * @param requests requests, or null
 * @param costUsd what is billed, USD, or null
 * @param costKind what the cost is for, or null if it is for everything
 * @param batch whether the line is of the batch tier; null where the export does not say
 */
public record BilledLine(
    LocalDate day,
    String model,
    Map<TokenKind, Long> tokens,
    @Nullable Long requests,
    @Nullable BigDecimal costUsd,
    @Nullable CostKind costKind,
    @Nullable Boolean batch) {

  public BilledLine {
    tokens = Map.copyOf(tokens);
  }
}
