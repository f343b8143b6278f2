/** OpenTelemetry's GenAI spans. */
@NullMarked
package io.tokenmeter.mapping.otlp;

import org.jspecify.annotations.NullMarked;
