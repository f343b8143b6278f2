/** Files of comma-separated values as people have them, read row by row. */
@NullMarked
package io.tokenmeter.cli.csv;

import org.jspecify.annotations.NullMarked;
