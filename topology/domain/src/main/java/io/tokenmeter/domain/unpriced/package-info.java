/** Usage of a model without a price. */
@NullMarked
package io.tokenmeter.domain.unpriced;

import org.jspecify.annotations.NullMarked;
