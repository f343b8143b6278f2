/** What a request used: units, quantities and the checks an event must pass. */
@NullMarked
package io.tokenmeter.domain.usage;

import org.jspecify.annotations.NullMarked;
