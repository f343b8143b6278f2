package io.tokenmeter.cli.reconcile;

import io.tokenmeter.cli.cluster.Cluster;
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
  private final Metered metered = new Metered();
  private long requests;

  /**
   * @param provider who bills, in any case
   * @param feesApart whether fees are counted apart from the models that they were charged with
   */
  MeteredEvents(String provider, ModelNames names, boolean feesApart) {
    this.provider = provider;
    this.names = names;
    this.feesApart = feesApart;
  }

  /** What is kept of a request until its last revision is known. */
  private record Request(
      Instant at,
      String model,
      boolean batch,
      boolean unpriced,
      long input,
      long cacheRead,
      long cacheWrite,
      long output,
      @Nullable BigDecimal cost,
      BigDecimal inputCost,
      BigDecimal cacheReadCost,
      BigDecimal cacheWriteCost,
      BigDecimal outputCost,
      BigDecimal feeCost) {}

  @Override
  public Metered read(Cluster cluster, Instant from, Instant to)
      throws ExecutionException, InterruptedException {
    LatestCosted.read(
        cluster,
        from,
        to,
        usage -> usage.getProvider().equalsIgnoreCase(provider),
        this::keep,
        this::add);
    return metered;
  }

  @Override
  public long requests() {
    return requests;
  }

  private Request keep(CostedUsage usage) {
    return new Request(
        usage.getOccurredAt(),
        names.of(usage.getModel()),
        BATCH.equals(usage.getServiceTier()),
        usage.getPricingStatus() == PricingStatus.UNPRICED,
        orZero(usage.getInputTokens()),
        orZero(usage.getCacheReadTokens()),
        orZero(usage.getCacheWriteTokens()),
        orZero(usage.getOutputTokens()),
        usage.getCostUsd(),
        orZero(usage.getInputCostUsd()),
        orZero(usage.getCacheReadCostUsd()),
        orZero(usage.getCacheWriteCostUsd()),
        orZero(usage.getOutputCostUsd()),
        orZero(usage.getFeeCostUsd()));
  }

  private void add(Request request) {
    requests++;
    Amounts amounts =
        metered
            .at(request.at, request.model)
            .tokens(TokenKind.INPUT, request.input)
            .tokens(TokenKind.CACHE_READ, request.cacheRead)
            .tokens(TokenKind.CACHE_WRITE, request.cacheWrite)
            .tokens(TokenKind.OUTPUT, request.output)
            .requests(1)
            .batchTokens(request.batch ? request.input + request.output : 0)
            .unpriced(request.unpriced ? 1 : 0);
    if (request.cost != null) {
      BigDecimal cached = request.cacheReadCost.add(request.cacheWriteCost);
      amounts
          .cost(request.inputCost.subtract(cached), CostKind.INPUT)
          .cost(request.cacheReadCost, CostKind.CACHE_READ)
          .cost(request.cacheWriteCost, CostKind.CACHE_WRITE)
          .cost(request.outputCost, CostKind.OUTPUT);
      addFees(request, amounts);
    }
  }

  private void addFees(Request request, Amounts ofModel) {
    if (request.feeCost.signum() != 0) {
      Amounts of = feesApart ? metered.at(request.at, Invoice.FEES) : ofModel;
      of.cost(request.feeCost, CostKind.FEE);
    }
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static BigDecimal orZero(@Nullable BigDecimal usd) {
    return usd == null ? BigDecimal.ZERO : usd;
  }
}
