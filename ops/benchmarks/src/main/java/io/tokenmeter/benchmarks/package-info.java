/** Measures Tokenmeter against what else one could run for the same work, on the same topic. */
@NullMarked
package io.tokenmeter.benchmarks;

import org.jspecify.annotations.NullMarked;
