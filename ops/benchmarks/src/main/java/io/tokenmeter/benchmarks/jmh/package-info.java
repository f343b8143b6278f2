/** JMH benchmarks of the parts of the hot path, on the workload's events. */
@NullMarked
package io.tokenmeter.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
