/** Avro bodies read and written in place, without objects for what is not looked at. */
@NullMarked
package io.tokenmeter.streams.avro;

import org.jspecify.annotations.NullMarked;
