/** Why spend differs from what was expected: exact parts of the difference. */
@NullMarked
package io.tokenmeter.domain.drivers;

import org.jspecify.annotations.NullMarked;
