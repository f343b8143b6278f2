/** How a mapped event is put together, and the rules that hold whatever the source. */
@NullMarked
package io.tokenmeter.mapping.event;

import org.jspecify.annotations.NullMarked;
