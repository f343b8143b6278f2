package io.tokenmeter.benchmarks.detectors.spend;

import io.tokenmeter.domain.rollup.UsageSums;

/** What a path used during a tick. */
public record Usage(Path path, UsageSums sums) {}
