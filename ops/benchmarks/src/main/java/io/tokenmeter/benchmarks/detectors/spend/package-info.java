/** Made-up but realistic spend of a company on LLMs, with faults at known times. */
@NullMarked
package io.tokenmeter.benchmarks.detectors.spend;

import org.jspecify.annotations.NullMarked;
