/** The Kafka clients that Kafka Streams works with. */
@NullMarked
package io.tokenmeter.streams.clients;

import org.jspecify.annotations.NullMarked;
