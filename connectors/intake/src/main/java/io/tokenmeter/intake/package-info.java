/**
 * The intake service: usage as other systems report it, by HTTP and from topics, to usage-events.
 */
@NullMarked
package io.tokenmeter.intake;

import org.jspecify.annotations.NullMarked;
