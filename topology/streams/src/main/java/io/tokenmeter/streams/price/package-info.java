/** The price table: its records, and the price book that is built from them. */
@NullMarked
package io.tokenmeter.streams.price;

import org.jspecify.annotations.NullMarked;
