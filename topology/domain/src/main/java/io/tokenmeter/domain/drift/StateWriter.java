package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import io.tokenmeter.domain.state.StateBytes;
import org.jspecify.annotations.Nullable;

/** Writes a state's parts one after the other; whole numbers take as many bytes as they need. */
final class StateWriter extends StateBytes {
  StateWriter() {
    super(512);
  }

  StateWriter number(long value) {
    putNumber(value);
    return this;
  }

  StateWriter real(double value) {
    putLong(Double.doubleToLongBits(value));
    return this;
  }

  StateWriter optional(@Nullable Long value) {
    return value == null ? number(0) : number(1).number(value);
  }

  StateWriter text(String value) {
    putText(value);
    return this;
  }

  /** What another writer has written. */
  StateWriter written(byte[] bytes) {
    putBytes(bytes, bytes.length);
    return this;
  }

  StateWriter money(Money amount) {
    return number(amount.hi()).number(amount.lo());
  }

  StateWriter sums(UsageSums sums) {
    number(sums.requests()).number(sums.errors()).number(sums.retries());
    number(sums.unpricedRequests()).number(sums.inputTokens()).number(sums.cacheReadTokens());
    number(sums.cacheWriteTokens()).number(sums.outputTokens()).money(sums.inputCost());
    money(sums.cacheReadCost()).money(sums.cacheWriteCost()).money(sums.outputCost());
    return money(sums.cost());
  }
}
