package io.tokenmeter.cli.totals;

import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The latest roll-ups by model, added up. Every event is in exactly one window of each granularity
 * and under exactly one model, so the windows of each granularity add up to everything.
 */
public final class RollupSums {

  /** The dimension whose keys are added up. */
  public static final String DIMENSION = "model";

  /** One model's minute. */
  public record Minute(Instant start, String model) {}

  private record Window(Granularity granularity, Instant start, String model) {}

  private record Total(long revision, BigDecimal costUsd) {}

  private final Map<Window, Total> latest = new HashMap<>();

  /** Takes a roll-up in; a later revision of the same window replaces an earlier one. */
  public void add(UsageRollup rollup) {
    if (!rollup.getDimension().equals(DIMENSION)) {
      return;
    }
    latest.merge(
        new Window(rollup.getGranularity(), rollup.getWindowStart(), rollup.getKey()),
        new Total(rollup.getRevision(), rollup.getCostUsd()),
        (before, now) -> now.revision >= before.revision ? now : before);
  }

  /** The cost of all windows of a granularity, USD. */
  public BigDecimal costUsd(Granularity granularity) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<Window, Total> entry : latest.entrySet()) {
      if (entry.getKey().granularity == granularity) {
        sum = sum.add(entry.getValue().costUsd);
      }
    }
    return sum;
  }

  /** The cost of these minutes, USD. */
  public BigDecimal costUsd(Set<Minute> minutes) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Minute minute : minutes) {
      Total total = latest.get(new Window(Granularity.MINUTE, minute.start, minute.model));
      sum = total == null ? sum : sum.add(total.costUsd);
    }
    return sum;
  }
}
