package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.money.Money;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes numbers in few bytes: whole ones with as many as their size needs. */
final class StateWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  byte[] toBytes() {
    return out.toByteArray();
  }

  void whole(long value) {
    long zigzag = value << 1 ^ value >> 63;
    while ((zigzag & ~0x7FL) != 0) {
      out.write((int) (zigzag & 0x7F | 0x80));
      zigzag >>>= 7;
    }
    out.write((int) zigzag);
  }

  void real(float value) {
    int bits = Float.floatToIntBits(value);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(bits >> shift);
    }
  }

  /** Zeros, which are frequent, take a bit each. */
  void reals(float[] values) {
    for (int from = 0; from < values.length; from += 8) {
      int used = 0;
      for (int i = from; i < Math.min(from + 8, values.length); i++) {
        used |= (values[i] != 0 ? 1 : 0) << i - from;
      }
      out.write(used);
      for (int i = from; i < Math.min(from + 8, values.length); i++) {
        if (values[i] != 0) {
          real(values[i]);
        }
      }
    }
  }

  /** Two bytes each; a run of zeros takes two in all. */
  void shorts(short[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        whole(values[i] & 0xFFFF);
        continue;
      }
      int run = 1;
      while (i + run < values.length && values[i + run] == 0) {
        run++;
      }
      whole(0);
      whole(run);
      i += run - 1;
    }
  }

  void money(Money amount) {
    boolean small = amount.hi() == amount.lo() >> 63 && amount.lo() != Long.MIN_VALUE;
    whole(small ? amount.lo() : Long.MIN_VALUE);
    if (!small) {
      whole(amount.hi());
      whole(amount.lo());
    }
  }

  void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    whole(bytes.length);
    out.write(bytes, 0, bytes.length);
  }
}
