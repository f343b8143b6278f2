/** Prices that nobody has published for long. */
@NullMarked
package io.tokenmeter.domain.stale;

import org.jspecify.annotations.NullMarked;
