/** The way into usage-events and rejected-events. */
@NullMarked
package io.tokenmeter.intake.kafka;

import org.jspecify.annotations.NullMarked;
