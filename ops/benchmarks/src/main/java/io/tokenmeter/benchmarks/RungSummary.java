package io.tokenmeter.benchmarks;

import io.tokenmeter.benchmarks.process.TotalsCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The medians of all runs of a rung; rates and costs in steady state.
 *
 * @param events events processed in a run
 * @param eventsPerSecond events a second
 * @param cpuSecondsPerMillion CPU seconds of the rung's own process per million events
 * @param brokerCpuSecondsPerMillion CPU seconds of the broker per million events
 * @param allocatedBytesPerMillion heap bytes allocated per million events
 * @param gcSecondsPerMillion seconds of garbage collection per million events
 * @param bytesWrittenPerEvent bytes that the broker took from producers per event
 * @param bytesByTopic the same by topic
 * @param measuredSeconds how long measuring took
 * @param wholeSeconds from the start of the application to its last commit
 * @param runs events a second of every run, in order
 * @param wrongTotals what did not add up to the exact totals, in words; empty where all did
 */
public record RungSummary(
    long events,
    double eventsPerSecond,
    double cpuSecondsPerMillion,
    double brokerCpuSecondsPerMillion,
    double allocatedBytesPerMillion,
    double gcSecondsPerMillion,
    double bytesWrittenPerEvent,
    Map<String, Double> bytesByTopic,
    double measuredSeconds,
    double wholeSeconds,
    List<Double> runs,
    List<String> wrongTotals) {

  static RungSummary of(List<RungRun> runs) {
    RungRun last = runs.get(runs.size() - 1);
    Map<String, Double> bytesByTopic = new TreeMap<>();
    last.bytesByTopic()
        .forEach(
            (topic, bytes) -> bytesByTopic.put(topic, (double) bytes / last.result().events()));
    return new RungSummary(
        last.result().events(),
        median(runs, run -> run.result().eventsPerSecond()),
        median(runs, run -> perMillion(run, run.result().cpuSeconds())),
        median(runs, run -> perMillion(run, run.result().brokerCpuSeconds())),
        median(runs, run -> perMillion(run, run.result().allocatedBytes())),
        median(runs, run -> perMillion(run, run.result().gcMillis() / 1e3)),
        median(runs, RungRun::bytesPerEvent),
        bytesByTopic,
        median(runs, run -> run.result().measuredSeconds()),
        median(runs, run -> run.result().wholeSeconds()),
        runs.stream().map(run -> run.result().eventsPerSecond()).toList(),
        runs.stream()
            .flatMap(run -> run.result().checks().stream())
            .filter(check -> !check.exact())
            .map(TotalsCheck::difference)
            .toList());
  }

  /** Whether every total of every run was exact. */
  public boolean exact() {
    return wrongTotals.isEmpty();
  }

  private static double perMillion(RungRun run, double amount) {
    return amount / run.result().measuredEvents() * 1e6;
  }

  private static double median(List<RungRun> runs, ToDoubleFunction<RungRun> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
