/** Compacted topics that every instance keeps as one immutable value. */
@NullMarked
package io.tokenmeter.streams.table;

import org.jspecify.annotations.NullMarked;
