/** The command {@code estimate}: what traffic would cost before there is any. */
@NullMarked
package io.tokenmeter.cli.estimate;

import org.jspecify.annotations.NullMarked;
