package io.tokenmeter.cli.reconcile;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.totals.LatestRollups;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.reconcile.Amounts;
import io.tokenmeter.domain.reconcile.Metered;
import io.tokenmeter.domain.reconcile.TokenKind;
import io.tokenmeter.invoices.Invoice;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * Adds up roll-ups of hours by model. They do not say who served a model, so that a model of the
 * same name at another provider is among them, nor how many tokens were of the batch tier.
 */
final class MeteredRollups implements MeteredReader {
  private static final String DIMENSION = "model";

  private final ModelNames names;
  private final Predicate<String> wanted;
  private final boolean feesApart;
  private final Metered metered = new Metered();
  private long requests;

  /**
   * @param wanted whether a model, by the name of its price, is one of the provider
   * @param feesApart whether fees are counted apart from the models that they were charged with
   */
  MeteredRollups(ModelNames names, Predicate<String> wanted, boolean feesApart) {
    this.names = names;
    this.wanted = wanted;
    this.feesApart = feesApart;
  }

  @Override
  public Metered read(Cluster cluster, Instant from, Instant to)
      throws ExecutionException, InterruptedException {
    for (UsageRollup hour : LatestRollups.read(cluster, Granularity.HOUR, DIMENSION, from)) {
      String model = names.of(hour.getKey());
      if (hour.getWindowStart().isBefore(to) && wanted.test(model)) {
        add(hour, model);
      }
    }
    return metered;
  }

  @Override
  public long requests() {
    return requests;
  }

  private void add(UsageRollup hour, String model) {
    requests += hour.getRequests();
    Amounts amounts = metered.at(hour.getWindowStart(), model);
    amounts
        .tokens(TokenKind.INPUT, hour.getInputTokens())
        .tokens(TokenKind.CACHE_READ, hour.getCacheReadTokens())
        .tokens(TokenKind.CACHE_WRITE, hour.getCacheWriteTokens())
        .tokens(TokenKind.OUTPUT, hour.getOutputTokens())
        .requests(hour.getRequests())
        .unpriced(hour.getUnpricedRequests())
        .cost(hour.getInputCostUsd(), CostKind.INPUT)
        .cost(hour.getCacheReadCostUsd(), CostKind.CACHE_READ)
        .cost(hour.getCacheWriteCostUsd(), CostKind.CACHE_WRITE)
        .cost(hour.getOutputCostUsd(), CostKind.OUTPUT);
    if (hour.getFeeCostUsd().signum() != 0) {
      Amounts of = feesApart ? metered.at(hour.getWindowStart(), Invoice.FEES) : amounts;
      of.cost(hour.getFeeCostUsd(), CostKind.FEE);
    }
  }
}
