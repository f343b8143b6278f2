/** Running the intake. */
@NullMarked
package io.tokenmeter.cli.intake;

import org.jspecify.annotations.NullMarked;
