package io.tokenmeter.benchmarks.detectors.spend;

import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.SplittableRandom;

/**
 * What the requests of a path look like.
 *
 * @param inputTokens mean input tokens a request, cache reads included
 * @param outputTokens mean output tokens a request
 * @param spread standard deviation of the logarithm of either
 * @param cacheHitRate share of input tokens read from the prompt cache
 * @param retryShare retries per request
 * @param errorShare errors per request
 */
record RequestShape(
    double inputTokens,
    double outputTokens,
    double spread,
    double cacheHitRate,
    double retryShare,
    double errorShare) {
  private static final double MOST_FROM_CACHE = 0.97;
  private static final double HIT_RATE_NOISE = 0.03;

  static RequestShape draw(SplittableRandom random) {
    boolean cached = random.nextDouble() < 0.6;
    return new RequestShape(
        Dice.logUniform(random, 600, 12_000),
        Dice.logUniform(random, 80, 900),
        Dice.between(random, 0.6, 1.1),
        cached ? Dice.between(random, 0.5, 0.9) : Dice.between(random, 0, 0.15),
        Dice.between(random, 0, 0.03),
        Dice.between(random, 0, 0.04));
  }

  RequestShape withInput(double factor) {
    return new RequestShape(
        inputTokens * factor, outputTokens, spread, cacheHitRate, retryShare, errorShare);
  }

  RequestShape withCacheHitRate(double rate) {
    return new RequestShape(inputTokens, outputTokens, spread, rate, retryShare, errorShare);
  }

  RequestShape withRetries(double retries) {
    return new RequestShape(
        inputTokens, outputTokens, spread, cacheHitRate, retries, Math.max(errorShare, retries));
  }

  /** Mean cost of a request, USD. */
  double meanCost(ModelPrice model) {
    double cached = inputTokens * cacheHitRate;
    return 1e-12
        * ((inputTokens - cached) * model.inputPicos()
            + cached * model.cacheReadPicos()
            + outputTokens * model.outputPicos());
  }

  /**
   * Some requests of this shape.
   *
   * @param pricePercent multiple of the list price, percent
   */
  UsageSums draw(SplittableRandom random, long requests, ModelPrice model, int pricePercent) {
    long input = Math.round(Dice.logNormalSum(random, requests, inputTokens, spread));
    long output = Math.round(Dice.logNormalSum(random, requests, outputTokens, spread));
    double hits = cacheHitRate + HIT_RATE_NOISE * random.nextGaussian();
    long cached = Math.round(input * Math.min(MOST_FROM_CACHE, Math.max(0, hits)));
    long retries = Math.min(requests, Dice.poisson(random, requests * retryShare));
    long errors = Math.min(requests, Dice.poisson(random, requests * errorShare));
    Money inputCost = cost(input - cached, model.inputPicos(), pricePercent);
    Money cacheReadCost = cost(cached, model.cacheReadPicos(), pricePercent);
    Money outputCost = cost(output, model.outputPicos(), pricePercent);
    return new UsageSums(
        requests,
        errors,
        retries,
        0,
        input,
        cached,
        0,
        output,
        inputCost,
        cacheReadCost,
        Money.ZERO,
        outputCost,
        inputCost.plus(cacheReadCost).plus(outputCost));
  }

  /** Prices of the list are multiples of 100 pico-dollars, so a percentage of them is exact. */
  private static Money cost(long tokens, long picos, int pricePercent) {
    return Money.ofPicos(tokens * (picos * pricePercent / 100));
  }
}
