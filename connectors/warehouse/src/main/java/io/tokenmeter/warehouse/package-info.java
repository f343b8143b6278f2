/** Tokenmeter's results in a warehouse: the tables and the sinks that fill them. */
@NullMarked
package io.tokenmeter.warehouse;

import org.jspecify.annotations.NullMarked;
