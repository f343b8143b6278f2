/** The processes of a bench run: the broker, and one fresh JVM for every rung. */
@NullMarked
package io.tokenmeter.benchmarks.process;

import org.jspecify.annotations.NullMarked;
