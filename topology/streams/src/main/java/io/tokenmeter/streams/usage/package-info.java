/** Usage events as the stages see them: decoded by position, with the rest left as bytes. */
@NullMarked
package io.tokenmeter.streams.usage;

import org.jspecify.annotations.NullMarked;
