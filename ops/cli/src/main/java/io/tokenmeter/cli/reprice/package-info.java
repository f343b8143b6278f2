/** Pricing past usage again. */
@NullMarked
package io.tokenmeter.cli.reprice;

import org.jspecify.annotations.NullMarked;
