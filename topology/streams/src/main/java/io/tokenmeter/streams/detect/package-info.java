/** Detectors that watch what the roll-ups add, in the same task, and what they find. */
@NullMarked
package io.tokenmeter.streams.detect;

import org.jspecify.annotations.NullMarked;
