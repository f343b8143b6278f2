/** Moves of a subject's traffic between models. */
@NullMarked
package io.tokenmeter.domain.drift;

import org.jspecify.annotations.NullMarked;
