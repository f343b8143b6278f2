package io.tokenmeter.benchmarks.detectors.spend;

/**
 * How much a scenario holds.
 *
 * @param keys API keys
 * @param historyDays days without faults, from which detectors learn
 * @param testDays days with faults
 * @param faultsPerType how many faults of each type are tried to place; there are fewer where no
 *     key is busy enough and free
 */
public record ScenarioSize(int keys, int historyDays, int testDays, int faultsPerType) {
  /** The evaluation's size. */
  public static final ScenarioSize STANDARD = new ScenarioSize(50, 14, 7, 4);
}
