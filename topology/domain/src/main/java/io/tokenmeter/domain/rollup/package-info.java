/** Roll-up arithmetic: dimensions, windows and the totals that are kept for each. */
@NullMarked
package io.tokenmeter.domain.rollup;

import org.jspecify.annotations.NullMarked;
