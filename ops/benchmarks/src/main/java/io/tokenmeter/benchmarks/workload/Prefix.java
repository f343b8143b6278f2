package io.tokenmeter.benchmarks.workload;

import java.util.List;

/**
 * The first events of the filled topic, for a rung that is too slow to read all of them.
 *
 * @param events how many
 * @param endOffsets per partition, the offset behind the last of them
 * @param totals their exact totals
 */
public record Prefix(long events, List<Long> endOffsets, Totals totals) {}
