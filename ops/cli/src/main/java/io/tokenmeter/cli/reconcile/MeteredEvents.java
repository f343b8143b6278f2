package io.tokenmeter.cli.reconcile;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.cli.totals.LatestCosted;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.reconcile.Amounts;
import io.tokenmeter.domain.reconcile.Metered;
import io.tokenmeter.domain.reconcile.TokenKind;
import io.tokenmeter.invoices.Invoice;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Adds up the costed usage of one provider. */
final class MeteredEvents implements MeteredReader {
  private static final String BATCH = "batch";

  private final String provider;
  private final ModelNames names;
  private final boolean feesApart;
  private final ProgressLine progress;
  private final Metered metered = new Metered();
  private long requests;

  /**
   * @param provider who bills, in any case
   * @param feesApart whether fees are counted apart from the models that they were charged with
   * @param progress shows how far the reading is
   */
  MeteredEvents(String provider, ModelNames names, boolean feesApart, ProgressLine progress) {
    this.provider = provider;
    this.names = names;
    this.feesApart = feesApart;
    this.progress = progress;
  }

  @Override
  public Metered read(Cluster cluster, Instant from, Instant to)
      throws ExecutionException, InterruptedException {
    try (LatestCosted requests = LatestCosted.open(cluster, from, to, progress)) {
      requests.forEach(
          usage -> {
            if (usage.getProvider().equalsIgnoreCase(provider)) {
              add(usage);
            }
          });
    }
    return metered;
  }

  @Override
  public long requests() {
    return requests;
  }

  private void add(CostedUsage usage) {
    requests++;
    long input = orZero(usage.getInputTokens());
    long output = orZero(usage.getOutputTokens());
    Amounts amounts =
        metered
            .at(usage.getOccurredAt(), names.of(usage.getModel()))
            .tokens(TokenKind.INPUT, input)
            .tokens(TokenKind.CACHE_READ, orZero(usage.getCacheReadTokens()))
            .tokens(TokenKind.CACHE_WRITE, orZero(usage.getCacheWriteTokens()))
            .tokens(TokenKind.OUTPUT, output)
            .requests(1)
            .batchTokens(BATCH.equals(usage.getServiceTier()) ? input + output : 0)
            .unpriced(usage.getPricingStatus() == PricingStatus.UNPRICED ? 1 : 0);
    if (usage.getCostUsd() != null) {
      addCost(usage, amounts);
    }
  }

  private void addCost(CostedUsage usage, Amounts ofModel) {
    BigDecimal cacheRead = orZero(usage.getCacheReadCostUsd());
    BigDecimal cacheWrite = orZero(usage.getCacheWriteCostUsd());
    ofModel
        .cost(orZero(usage.getInputCostUsd()).subtract(cacheRead.add(cacheWrite)), CostKind.INPUT)
        .cost(cacheRead, CostKind.CACHE_READ)
        .cost(cacheWrite, CostKind.CACHE_WRITE)
        .cost(orZero(usage.getOutputCostUsd()), CostKind.OUTPUT);
    BigDecimal fees = orZero(usage.getFeeCostUsd());
    if (fees.signum() != 0) {
      Amounts of = feesApart ? metered.at(usage.getOccurredAt(), Invoice.FEES) : ofModel;
      of.cost(fees, CostKind.FEE);
    }
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static BigDecimal orZero(@Nullable BigDecimal usd) {
    return usd == null ? BigDecimal.ZERO : usd;
  }
}
