package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.state.StateBytes;

/** Writes numbers in few bytes: whole ones with as many as their size needs. */
final class StateWriter extends StateBytes {
  StateWriter() {
    super(512);
  }

  void whole(long value) {
    putNumber(value);
  }

  void real(float value) {
    putInt(Float.floatToIntBits(value));
  }

  /** Zeros, which are frequent, take a bit each. */
  void reals(float[] values) {
    for (int from = 0; from < values.length; from += 8) {
      int used = 0;
      for (int i = from; i < Math.min(from + 8, values.length); i++) {
        used |= (values[i] != 0 ? 1 : 0) << i - from;
      }
      putByte(used);
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
    putText(value);
  }

  /** What another writer has written. */
  void written(byte[] bytes) {
    putBytes(bytes, bytes.length);
  }
}
