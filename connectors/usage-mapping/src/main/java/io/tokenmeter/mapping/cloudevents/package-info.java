/** CloudEvents, as OpenMeter's clients send them. */
@NullMarked
package io.tokenmeter.mapping.cloudevents;

import org.jspecify.annotations.NullMarked;
