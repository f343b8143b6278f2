package io.tokenmeter.domain.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's day on both sides.
 *
 * @param day the day
 * @param model the model; empty where the export does not name models
 * @param billed what the export says
 * @param metered what was metered
 * @param agrees whether all that both sides know is within the tolerance
 * @param explanations why not, the likeliest first; empty if they agree
 */
public record Comparison(
    LocalDate day,
    String model,
    Amounts billed,
    Amounts metered,
    boolean agrees,
    List<Explanation> explanations) {

  public Comparison {
    explanations = List.copyOf(explanations);
  }

  /** Metered less billed dollars, or null where the export has a line without any. */
  public @Nullable BigDecimal costDifference() {
    BigDecimal bill = billed.isEmpty() ? BigDecimal.ZERO : billed.cost();
    BigDecimal own = metered.cost();
    return bill == null ? null : (own == null ? BigDecimal.ZERO : own).subtract(bill);
  }

  /** Metered less billed tokens of a kind, or null where the export does not count them. */
  public @Nullable Long tokenDifference(TokenKind kind) {
    Long bill = billed.isEmpty() ? Long.valueOf(0) : billed.tokens(kind);
    Long own = metered.tokens(kind);
    return bill == null ? null : (own == null ? 0 : own) - bill;
  }
}
