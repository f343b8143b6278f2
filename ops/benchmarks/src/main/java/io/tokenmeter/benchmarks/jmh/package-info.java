/** JMH benchmarks of the parts of the hot path. */
@NullMarked
package io.tokenmeter.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
