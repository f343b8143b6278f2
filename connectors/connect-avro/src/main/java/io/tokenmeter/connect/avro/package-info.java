/** Reads Avro in the registry's wire format for Kafka Connect. */
@NullMarked
package io.tokenmeter.connect.avro;

import org.jspecify.annotations.NullMarked;
