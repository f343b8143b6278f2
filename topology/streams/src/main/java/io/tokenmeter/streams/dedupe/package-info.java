/** The stage that drops events which were sent before. */
@NullMarked
package io.tokenmeter.streams.dedupe;

import org.jspecify.annotations.NullMarked;
