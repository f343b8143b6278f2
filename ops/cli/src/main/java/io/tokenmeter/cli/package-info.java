/** The command line behind {@code ops/tokenmeter}: one class a command. */
@NullMarked
package io.tokenmeter.cli;

import org.jspecify.annotations.NullMarked;
