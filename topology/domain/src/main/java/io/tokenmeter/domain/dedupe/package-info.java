/**
 * Recognises events that were sent before: ids, their table and the horizon within which they are
 * remembered.
 */
@NullMarked
package io.tokenmeter.domain.dedupe;

import org.jspecify.annotations.NullMarked;
