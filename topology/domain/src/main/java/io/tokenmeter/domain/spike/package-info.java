/** One request that costs more, or writes more, than it should. */
@NullMarked
package io.tokenmeter.domain.spike;

import org.jspecify.annotations.NullMarked;
