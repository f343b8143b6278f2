/** The usage event's own JSON, and the envelope around a provider's response. */
@NullMarked
package io.tokenmeter.mapping.usagejson;

import org.jspecify.annotations.NullMarked;
