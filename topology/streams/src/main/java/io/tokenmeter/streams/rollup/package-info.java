/** Roll-ups: partial sums combined per task, handed on in bundles, and kept per window. */
@NullMarked
package io.tokenmeter.streams.rollup;

import org.jspecify.annotations.NullMarked;
