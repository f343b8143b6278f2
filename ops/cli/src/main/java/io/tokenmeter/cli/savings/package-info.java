/** The command {@code savings}: what the same work would have cost less. */
@NullMarked
package io.tokenmeter.cli.savings;

import org.jspecify.annotations.NullMarked;
