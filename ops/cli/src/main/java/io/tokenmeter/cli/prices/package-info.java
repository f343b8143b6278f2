/** The commands {@code prices check}, {@code publish}, {@code list} and {@code import}. */
@NullMarked
package io.tokenmeter.cli.prices;

import org.jspecify.annotations.NullMarked;
