/** Usage from topics that other systems write, exactly once. */
@NullMarked
package io.tokenmeter.intake.source;

import org.jspecify.annotations.NullMarked;
