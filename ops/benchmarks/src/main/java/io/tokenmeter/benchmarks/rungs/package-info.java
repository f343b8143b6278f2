/** The rungs: each does its work on the filled topic until it is told to stop. */
@NullMarked
package io.tokenmeter.benchmarks.rungs;

import org.jspecify.annotations.NullMarked;
