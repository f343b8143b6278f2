/** Single requests that cost or write too much. */
@NullMarked
package io.tokenmeter.streams.spike;

import org.jspecify.annotations.NullMarked;
