/** Talking to a Kafka cluster and its schema registry from the command line. */
@NullMarked
package io.tokenmeter.cli.cluster;

import org.jspecify.annotations.NullMarked;
