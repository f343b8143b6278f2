package io.tokenmeter.domain.reconcile;

import io.tokenmeter.domain.cost.CostKind;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens and dollars of one model over some time, on one side; what is not known is absent. */
public final class Amounts {
  private final Map<TokenKind, Long> tokens = new EnumMap<>(TokenKind.class);
  private final Map<CostKind, BigDecimal> costs = new EnumMap<>(CostKind.class);
  private @Nullable BigDecimal cost;
  private @Nullable Long requests;
  private @Nullable Long batchTokens;
  private long unpriced;
  private int costLines;
  private int decimals;

  /** Nothing known yet. */
  public Amounts() {}

  /** Adds tokens of a kind. */
  public Amounts tokens(TokenKind kind, long count) {
    tokens.merge(kind, count, Math::addExact);
    return this;
  }

  /** Adds requests. */
  public Amounts requests(long count) {
    requests = (requests == null ? 0 : requests) + count;
    return this;
  }

  /** Adds dollars, and to those of a kind if there is one. */
  public Amounts cost(BigDecimal usd, @Nullable CostKind kind) {
    cost = cost == null ? usd : cost.add(usd);
    costLines++;
    decimals = Math.max(decimals, usd.stripTrailingZeros().scale());
    if (kind != null) {
      costs.merge(kind, usd, BigDecimal::add);
    }
    return this;
  }

  /** Adds tokens, input and output, that were served in the batch tier. */
  public Amounts batchTokens(long count) {
    batchTokens = (batchTokens == null ? 0 : batchTokens) + count;
    return this;
  }

  /** Adds requests that have no price yet. */
  public Amounts unpriced(long count) {
    unpriced += count;
    return this;
  }

  /** Adds a line of an export. */
  Amounts add(BilledLine line) {
    line.tokens().forEach(this::tokens);
    if (line.requests() != null) {
      requests(line.requests());
    }
    if (line.costUsd() != null) {
      cost(line.costUsd(), line.costKind());
    }
    if (line.batch() != null && !line.tokens().isEmpty()) {
      long all =
          line.tokens().getOrDefault(TokenKind.INPUT, 0L)
              + line.tokens().getOrDefault(TokenKind.OUTPUT, 0L);
      batchTokens(line.batch() ? all : 0);
    }
    return this;
  }

  /** Adds what is known of others. */
  Amounts add(Amounts other) {
    other.tokens.forEach(this::tokens);
    other.costs.forEach((kind, usd) -> costs.merge(kind, usd, BigDecimal::add));
    if (other.cost != null) {
      cost = cost == null ? other.cost : cost.add(other.cost);
      costLines += other.costLines;
      decimals = Math.max(decimals, other.decimals);
    }
    if (other.requests != null) {
      requests(other.requests);
    }
    if (other.batchTokens != null) {
      batchTokens(other.batchTokens);
    }
    unpriced += other.unpriced;
    return this;
  }

  /** Tokens of a kind, or null where they are not known. */
  public @Nullable Long tokens(TokenKind kind) {
    return tokens.get(kind);
  }

  /** Dollars, or null where they are not known. */
  public @Nullable BigDecimal cost() {
    return cost;
  }

  /** Dollars for one kind, or null where they are not known. */
  public @Nullable BigDecimal cost(CostKind kind) {
    return costs.get(kind);
  }

  /** Requests, or null where they are not known. */
  public @Nullable Long requests() {
    return requests;
  }

  /** Tokens of the batch tier, or null where they are not known. */
  public @Nullable Long batchTokens() {
    return batchTokens;
  }

  /** Requests without a price, whose cost is missing from the dollars. */
  public long unpriced() {
    return unpriced;
  }

  /** All that rounding each line to the decimals they have can come to, USD. */
  BigDecimal roundingUsd() {
    return BigDecimal.valueOf(costLines).multiply(BigDecimal.valueOf(5, decimals + 1));
  }

  /** How far others are away: in dollars where this knows them, otherwise in tokens. */
  BigDecimal distanceTo(Amounts other) {
    if (cost != null) {
      return cost.subtract(other.cost == null ? BigDecimal.ZERO : other.cost).abs();
    }
    long apart = 0;
    for (Map.Entry<TokenKind, Long> kind : tokens.entrySet()) {
      apart += Math.abs(kind.getValue() - other.tokens.getOrDefault(kind.getKey(), 0L));
    }
    return BigDecimal.valueOf(apart);
  }

  /** Whether input or output tokens are known at all. */
  boolean knowsTokens() {
    return tokens.containsKey(TokenKind.INPUT) || tokens.containsKey(TokenKind.OUTPUT);
  }

  /** Whether there is no usage and no cost. */
  boolean isEmpty() {
    return tokens.values().stream().allMatch(count -> count == 0)
        && (cost == null || cost.signum() == 0)
        && (requests == null || requests == 0);
  }
}
