/** Usage by HTTP: bounded, answered item by item, and answered well only when Kafka has it. */
@NullMarked
package io.tokenmeter.intake.http;

import org.jspecify.annotations.NullMarked;
