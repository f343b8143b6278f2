/**
 * What the same work would have cost otherwise: in batches, cached, by another model, shorter, or
 * on own capacity.
 */
@NullMarked
package io.tokenmeter.domain.savings;

import org.jspecify.annotations.NullMarked;
