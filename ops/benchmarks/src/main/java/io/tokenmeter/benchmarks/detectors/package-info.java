/** Evaluates the detectors on made-up spend with faults at known times. */
@NullMarked
package io.tokenmeter.benchmarks.detectors;

import org.jspecify.annotations.NullMarked;
