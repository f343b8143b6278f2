/** Charts of long series over time, drawn without a screen. */
@NullMarked
package io.tokenmeter.cli.plot;

import org.jspecify.annotations.NullMarked;
