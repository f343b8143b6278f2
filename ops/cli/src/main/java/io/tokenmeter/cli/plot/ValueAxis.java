package io.tokenmeter.cli.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A vertical axis with ticks at round numbers.
 *
 * @param low value at the lower edge
 * @param high value at the upper edge, above {@code low}
 */
public record ValueAxis(double low, double high) {

  private static final double MARGIN = 0.06;
  private static final String[] MAGNITUDES = {"", "k", "M", "G", "T"};

  /** A line to be read off, and what it says. */
  record Tick(double value, String label) {}

  /** An axis that shows all values from the lowest to the highest, with some room around them. */
  public static ValueAxis around(double lowest, double highest) {
    if (!(lowest <= highest)) {
      return new ValueAxis(0, 1);
    }
    double room = highest > lowest ? (highest - lowest) * MARGIN : halfOf(highest);
    // A series that never goes below zero is not shown as if it could.
    return new ValueAxis(lowest >= 0 ? Math.max(0, lowest - room) : lowest - room, highest + room);
  }

  private static double halfOf(double value) {
    return value == 0 ? 1 : Math.abs(value) / 2;
  }

  /** Ticks at multiples of 1, 2 or 5 times a power of ten, about as many as asked for. */
  List<Tick> ticks(int about) {
    double raw = (high - low) / Math.max(1, about);
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high + step * 1e-9; i++) {
      ticks.add(new Tick(i * step, label(i * step, step)));
    }
    return ticks;
  }

  /** The value with as many digits as tell it from its neighbours, thousands as k, M and so on. */
  private static String label(double value, double step) {
    if (value == 0) {
      return "0";
    }
    int magnitude = 0;
    double size = Math.max(Math.abs(value), step);
    double unit = 1;
    while (size / unit >= (magnitude == 0 ? 10_000 : 1000) && magnitude < MAGNITUDES.length - 1) {
      unit *= 1000;
      magnitude++;
    }
    if (size / unit >= 100_000 || size < 1e-4) {
      return "%.3g".formatted(value);
    }
    BigDecimal rounded = new BigDecimal(value / unit, new MathContext(6)).stripTrailingZeros();
    return rounded.toPlainString() + MAGNITUDES[magnitude];
  }
}
