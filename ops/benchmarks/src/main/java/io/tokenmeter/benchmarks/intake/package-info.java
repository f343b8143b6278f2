/** The intake under load, and while Kafka is away. */
@NullMarked
package io.tokenmeter.benchmarks.intake;

import org.jspecify.annotations.NullMarked;
