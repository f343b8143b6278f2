/** The stage that calculates costs, and the costed record. */
@NullMarked
package io.tokenmeter.streams.cost;

import org.jspecify.annotations.NullMarked;
