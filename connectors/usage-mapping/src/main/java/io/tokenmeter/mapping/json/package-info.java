/** JSON from strangers: strict, bounded, with numbers as they were written. */
@NullMarked
package io.tokenmeter.mapping.json;

import org.jspecify.annotations.NullMarked;
