package io.tokenmeter.benchmarks.process;

/**
 * One look at a running rung.
 *
 * @param nanos when, in the clock of {@link System#nanoTime}
 * @param inputCommitted committed events of the input topic
 * @param otherCommitted committed records of the application's own topics
 * @param cpuNanos CPU time of this process so far
 * @param brokerCpuMillis CPU time of the broker so far
 * @param allocatedBytes heap bytes allocated by all threads so far
 * @param gcMillis time of garbage collection so far
 */
record Sample(
    long nanos,
    long inputCommitted,
    long otherCommitted,
    long cpuNanos,
    long brokerCpuMillis,
    long allocatedBytes,
    long gcMillis) {

  long committed() {
    return inputCommitted + otherCommitted;
  }
}
