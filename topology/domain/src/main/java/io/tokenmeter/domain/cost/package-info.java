/** What a request cost: line items and totals. */
@NullMarked
package io.tokenmeter.domain.cost;

import org.jspecify.annotations.NullMarked;
