/** The demo: plausible traffic, and a live view of what the application makes of it. */
@NullMarked
package io.tokenmeter.cli.demo;

import org.jspecify.annotations.NullMarked;
