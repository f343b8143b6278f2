/** The command {@code forecast}: what the month is going to cost. */
@NullMarked
package io.tokenmeter.cli.forecast;

import org.jspecify.annotations.NullMarked;
