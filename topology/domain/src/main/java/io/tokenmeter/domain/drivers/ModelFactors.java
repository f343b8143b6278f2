package io.tokenmeter.domain.drivers;

/**
 * What one request to a model costs, taken apart.
 *
 * @param size tokens a request
 * @param cache how much of the input is read from and written to the cache
 * @param prices dollars a token, and flat fees a request
 */
record ModelFactors(Size size, Cache cache, Prices prices) {

  /** Input and output tokens a request. */
  record Size(double input, double output) {}

  /** Shares of the input tokens, 0 to 1. */
  record Cache(double read, double written) {}

  /** Dollars a token by kind, and dollars a request. NaN where no such token was seen. */
  record Prices(double input, double cacheRead, double cacheWrite, double output, double fee) {

    /** These, and another's where no such token was seen; 0 where neither has seen one. */
    Prices orElse(Prices other) {
      return new Prices(
          known(input, other.input),
          known(cacheRead, other.cacheRead),
          known(cacheWrite, other.cacheWrite),
          known(output, other.output),
          fee);
    }

    private static double known(double price, double other) {
      return !Double.isNaN(price) ? price : Double.isNaN(other) ? 0 : other;
    }
  }

  /** The factors of usage with at least a part of a request. */
  static ModelFactors of(ModelUsage usage) {
    double plain = usage.inputTokens() - usage.cacheReadTokens() - usage.cacheWriteTokens();
    double byTokens =
        usage.inputCost() + usage.cacheReadCost() + usage.cacheWriteCost() + usage.outputCost();
    double input = usage.inputTokens();
    return new ModelFactors(
        new Size(input / usage.requests(), usage.outputTokens() / usage.requests()),
        new Cache(
            input > 0 ? usage.cacheReadTokens() / input : 0,
            input > 0 ? usage.cacheWriteTokens() / input : 0),
        new Prices(
            price(usage.inputCost(), plain),
            price(usage.cacheReadCost(), usage.cacheReadTokens()),
            price(usage.cacheWriteCost(), usage.cacheWriteTokens()),
            price(usage.outputCost(), usage.outputTokens()),
            (usage.cost() - byTokens) / usage.requests()));
  }

  private static double price(double cost, double tokens) {
    return tokens > 0 ? cost / tokens : Double.NaN;
  }

  /** Dollars a request of this size, cache use and prices. */
  static double unitCost(Size size, Cache cache, Prices prices) {
    double plain = 1 - cache.read - cache.written;
    return size.input
            * (plain * prices.input
                + cache.read * prices.cacheRead
                + cache.written * prices.cacheWrite)
        + size.output * prices.output
        + prices.fee;
  }
}
