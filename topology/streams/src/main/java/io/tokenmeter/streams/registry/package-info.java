/** The schema registry, reached only through the configured serializer and deserializer. */
@NullMarked
package io.tokenmeter.streams.registry;

import org.jspecify.annotations.NullMarked;
