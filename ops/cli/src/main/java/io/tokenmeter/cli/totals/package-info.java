/** What the application has written, read back and added up. */
@NullMarked
package io.tokenmeter.cli.totals;

import org.jspecify.annotations.NullMarked;
