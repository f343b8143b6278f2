package io.tokenmeter.benchmarks.detectors.spend;

import io.tokenmeter.domain.alert.Subject;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A company's spend over some weeks, with faults in the last of them. The same seed and size give
 * the same spend.
 */
public final class Scenario {
  private static final Instant ORIGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MARGIN = MICROS_PER_DAY / 8;

  private final long seed;
  private final ScenarioSize size;
  private final List<PlacedFault> placed;
  private final Set<Subject> subjects;

  private Scenario(long seed, ScenarioSize size) {
    this.seed = seed;
    this.size = size;
    List<ApiKey> keys = keys();
    placed =
        FaultPlan.of(
            Dice.mix(seed, 2),
            keys,
            testFromMicros() + MARGIN,
            endMicros() - MARGIN,
            size.faultsPerType());
    subjects = new LinkedHashSet<>();
    keys.forEach(key -> key.routes().forEach(route -> subjects.addAll(route.path().subjects())));
  }

  /** The scenario of a seed. */
  public static Scenario of(long seed, ScenarioSize size) {
    return new Scenario(seed, size);
  }

  /** What goes wrong, in the order in which it begins. */
  public List<Fault> faults() {
    return placed.stream().map(PlacedFault::fault).toList();
  }

  /** All subjects that spend when nothing is wrong, in every dimension. */
  public Set<Subject> subjects() {
    return Set.copyOf(subjects);
  }

  /** Start of the history, microseconds since the epoch: a Monday at midnight UTC. */
  public long startMicros() {
    return ORIGIN.getEpochSecond() * 1_000_000L;
  }

  /** Start of the days that have faults, and in which alerts count. */
  public long testFromMicros() {
    return startMicros() + size.historyDays() * MICROS_PER_DAY;
  }

  /** End of all. */
  public long endMicros() {
    return testFromMicros() + size.testDays() * MICROS_PER_DAY;
  }

  /**
   * The spend in order of time: a tick a minute, and six in the minutes around the start of a
   * fault. It is generated while it is read.
   */
  public Iterator<Tick> ticks() {
    return new SpendStream(this, Dice.mix(seed, 3), keys(), placed);
  }

  /** Keys of one reader; they remember where it is. */
  private List<ApiKey> keys() {
    return Company.keys(Dice.mix(seed, 1), size.keys(), startMicros() / 60_000_000L);
  }
}
