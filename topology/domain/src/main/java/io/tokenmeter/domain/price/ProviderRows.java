package io.tokenmeter.domain.price;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One provider's rows, with the rows of each model it was asked for kept in order of precedence.
 */
final class ProviderRows {

  static final PricedBy[] NONE = {};

  /** Bound of the memory, so that made-up model names cannot fill it. */
  private static final int MAX_REMEMBERED_MODELS = 10_000;

  private final List<PricedBy> rows;
  private final Map<String, PricedBy[]> byModel = new ConcurrentHashMap<>();

  ProviderRows(List<PricedBy> rows) {
    this.rows = rows;
  }

  PricedBy[] candidates(String model) {
    PricedBy[] known = byModel.get(model);
    if (known != null) {
      return known;
    }
    PricedBy[] matching = match(model);
    if (byModel.size() < MAX_REMEMBERED_MODELS) {
      byModel.put(model, matching);
    }
    return matching;
  }

  private PricedBy[] match(String model) {
    record Match(PricedBy priced, int specificity) {}
    Comparator<Match> precedence =
        Comparator.comparing((Match match) -> match.priced.row().project() == null)
            .thenComparing(match -> match.priced.row().team() == null)
            .thenComparing(match -> match.priced.row().region() == null)
            .thenComparing(match -> -match.specificity)
            .thenComparing(match -> match.priced.effectiveFromMicros(), Comparator.reverseOrder())
            .thenComparing(match -> match.priced.key());
    return rows.stream()
        .map(priced -> new Match(priced, priced.specificity(model)))
        .filter(match -> match.specificity != ModelMatcher.NO_MATCH)
        .sorted(precedence)
        .map(Match::priced)
        .toArray(PricedBy[]::new);
  }
}
