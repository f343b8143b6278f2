package io.tokenmeter.invoices;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.reconcile.BilledLine;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a line together from what an export says of it. */
final class LineBuilder {
  private final LocalDate day;
  private final Map<TokenKind, Long> tokens = new EnumMap<>(TokenKind.class);
  private String model = "";
  private @Nullable Long requests;
  private @Nullable BigDecimal costUsd;
  private @Nullable CostKind costKind;
  private @Nullable Boolean batch;

  LineBuilder(LocalDate day) {
    this.day = day;
  }

  LineBuilder model(@Nullable String name) {
    model = name == null ? "" : name;
    return this;
  }

  /** Adds tokens; nothing where the export does not count them. */
  LineBuilder tokens(TokenKind kind, @Nullable Long count) {
    if (count != null) {
      tokens.merge(kind, count, Math::addExact);
    }
    return this;
  }

  LineBuilder requests(@Nullable Long count) {
    requests = count;
    return this;
  }

  LineBuilder cost(@Nullable BigDecimal usd, @Nullable CostKind kind) {
    costUsd = usd;
    costKind = kind;
    return this;
  }

  LineBuilder batch(@Nullable Boolean is) {
    batch = is;
    return this;
  }

  BilledLine build() {
    return new BilledLine(day, model, tokens, requests, costUsd, costKind, batch);
  }
}
