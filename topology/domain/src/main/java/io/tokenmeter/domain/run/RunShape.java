package io.tokenmeter.domain.run;

/**
 * How deep and how long a run is.
 *
 * @param depth steps and spans from a root to the deepest one, both counted; 0 for a run without
 *     any
 * @param criticalPathMillis latency of the chain of steps, each waiting for the one before, whose
 *     latencies add up to most, milliseconds
 */
public record RunShape(int depth, long criticalPathMillis) {}
