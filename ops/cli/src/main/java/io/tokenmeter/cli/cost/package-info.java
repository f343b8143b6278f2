/**
 * The command {@code cost}: what usage costs, worked out offline with the same calculator as the
 * application.
 */
@NullMarked
package io.tokenmeter.cli.cost;

import org.jspecify.annotations.NullMarked;
