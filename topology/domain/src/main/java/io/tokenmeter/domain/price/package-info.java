/** What a unit costs: price rows, the price book and the checks of a price list. */
@NullMarked
package io.tokenmeter.domain.price;

import org.jspecify.annotations.NullMarked;
