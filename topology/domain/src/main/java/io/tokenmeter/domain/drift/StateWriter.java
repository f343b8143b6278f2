package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes a state's parts one after the other; whole numbers take as many bytes as they need. */
final class StateWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  byte[] toBytes() {
    return out.toByteArray();
  }

  StateWriter number(long value) {
    long zigzag = value << 1 ^ value >> 63;
    while ((zigzag & ~0x7FL) != 0) {
      out.write((int) (zigzag & 0x7F | 0x80));
      zigzag >>>= 7;
    }
    out.write((int) zigzag);
    return this;
  }

  StateWriter real(double value) {
    long bits = Double.doubleToLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (bits >>> shift));
    }
    return this;
  }

  StateWriter optional(@Nullable Long value) {
    return value == null ? number(0) : number(1).number(value);
  }

  StateWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    out.write(utf8, 0, utf8.length);
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
