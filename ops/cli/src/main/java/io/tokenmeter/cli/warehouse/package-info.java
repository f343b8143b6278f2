/** The commands that set a warehouse up. */
@NullMarked
package io.tokenmeter.cli.warehouse;

import org.jspecify.annotations.NullMarked;
