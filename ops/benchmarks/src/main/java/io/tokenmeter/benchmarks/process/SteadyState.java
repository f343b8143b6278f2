package io.tokenmeter.benchmarks.process;

import java.util.List;

/**
 * Cuts the steady state out of a run's samples.
 *
 * <p>Progress is the share of all records that the application consumes, its own repartition topics
 * included, so that an application which reads its input faster than it finishes the work gains
 * nothing. Measuring begins with the first commit behind the warm-up share, and ends with the first
 * commit behind 99 %: what is left is the wait for the last commit interval.
 */
final class SteadyState {
  private static final double END_SHARE = 0.99;

  private SteadyState() {}

  static RungResult of(
      List<Sample> samples, RungRequest request, long startedNanos, List<TotalsCheck> checks) {
    Sample last = samples.get(samples.size() - 1);
    long total = last.committed();
    Sample from = firstAt(samples, request.warmUpShare() * total);
    Sample to = firstAt(samples, END_SHARE * total);
    if (to.committed() == from.committed()) {
      from = samples.get(0); // too short for a steady state: everything since the start
    }
    Sample end = firstAt(samples, (double) total);
    double measuredShare = (double) (to.committed() - from.committed()) / total;
    return new RungResult(
        request.prefix().events(),
        measuredShare * request.prefix().events(),
        (to.nanos() - from.nanos()) / 1e9,
        (end.nanos() - startedNanos) / 1e9,
        (to.cpuNanos() - from.cpuNanos()) / 1e9,
        (to.brokerCpuMillis() - from.brokerCpuMillis()) / 1e3,
        to.allocatedBytes() - from.allocatedBytes(),
        to.gcMillis() - from.gcMillis(),
        checks);
  }

  private static Sample firstAt(List<Sample> samples, double committed) {
    for (Sample sample : samples) {
      if (sample.committed() >= committed) {
        return sample;
      }
    }
    return samples.get(samples.size() - 1);
  }
}
