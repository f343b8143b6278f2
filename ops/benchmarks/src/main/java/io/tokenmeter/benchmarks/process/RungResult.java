package io.tokenmeter.benchmarks.process;

import java.util.List;

/**
 * What one run of a rung measured.
 *
 * @param events events processed in the whole run
 * @param measuredEvents events processed while measuring
 * @param measuredSeconds how long measuring took
 * @param wholeSeconds from the start of the application to its last commit, start-up included
 * @param cpuSeconds CPU time of the rung's process while measuring
 * @param brokerCpuSeconds CPU time of the broker while measuring
 * @param allocatedBytes bytes allocated on the Java heap while measuring
 * @param gcMillis time of garbage collection while measuring
 * @param checks the totals found, beside the exact ones
 */
public record RungResult(
    long events,
    double measuredEvents,
    double measuredSeconds,
    double wholeSeconds,
    double cpuSeconds,
    double brokerCpuSeconds,
    double allocatedBytes,
    double gcMillis,
    List<TotalsCheck> checks) {

  /** Steady state, events a second. */
  public double eventsPerSecond() {
    return measuredEvents / measuredSeconds;
  }
}
