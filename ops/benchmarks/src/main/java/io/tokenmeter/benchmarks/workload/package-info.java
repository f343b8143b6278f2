/** The seeded workload: usage events, their encoding, their prices and their exact totals. */
@NullMarked
package io.tokenmeter.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
