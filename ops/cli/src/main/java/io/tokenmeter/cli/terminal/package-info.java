/** What a terminal can show: its size, live redrawing, tables, bars and figures. */
@NullMarked
package io.tokenmeter.cli.terminal;

import org.jspecify.annotations.NullMarked;
