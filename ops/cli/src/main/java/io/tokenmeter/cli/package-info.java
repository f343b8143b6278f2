/** The command line behind {@code ops/tokenmeter}. */
@NullMarked
package io.tokenmeter.cli;

import org.jspecify.annotations.NullMarked;
