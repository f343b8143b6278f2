package io.tokenmeter.domain.price;

/**
 * The rate tables of one service tier, window and region, by the length of the context.
 *
 * <p>A context tier is a cliff: the highest crossed threshold decides the price of the whole
 * request.
 */
final class ContextRates {

  private final long[] firstTokens;
  private final RateTable[] tables;

  ContextRates(RateTableBuilder builder, boolean inclusive) {
    long[] thresholds = builder.thresholds();
    firstTokens = new long[thresholds.length];
    tables = new RateTable[thresholds.length + 1];
    tables[0] = builder.build(RateTable.BASE);
    for (int i = 0; i < thresholds.length; i++) {
      firstTokens[i] = inclusive ? thresholds[i] : thresholds[i] + 1;
      tables[i + 1] = builder.build(thresholds[i]);
    }
  }

  RateTable at(long inputTokens) {
    int crossed = firstTokens.length;
    while (crossed > 0 && inputTokens < firstTokens[crossed - 1]) {
      crossed--;
    }
    return tables[crossed];
  }
}
