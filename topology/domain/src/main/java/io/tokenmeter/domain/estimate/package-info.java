/** What traffic that does not exist yet would cost, by any model of a price list. */
@NullMarked
package io.tokenmeter.domain.estimate;

import org.jspecify.annotations.NullMarked;
