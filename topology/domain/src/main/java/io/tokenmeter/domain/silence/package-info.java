/** Subjects that always report and have stopped. */
@NullMarked
package io.tokenmeter.domain.silence;

import org.jspecify.annotations.NullMarked;
