/** The stage that takes requests to price past usage again. */
@NullMarked
package io.tokenmeter.streams.reprice;

import org.jspecify.annotations.NullMarked;
