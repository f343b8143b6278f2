package io.tokenmeter.benchmarks.intake;

/**
 * What may be chosen about the benchmark of the intake.
 *
 * @param seconds how long is measured
 * @param warmUpSeconds load before that, seconds
 * @param connections clients, each with one request at a time
 * @param spans spans in each request
 * @param heapMebibytes heap of the intake's process, MiB
 * @param outageSeconds how long the broker stands still after the measurement; 0: not at all
 */
public record IntakeBenchOptions(
    int seconds,
    int warmUpSeconds,
    int connections,
    int spans,
    int heapMebibytes,
    int outageSeconds) {}
