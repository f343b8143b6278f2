/** The command that shows alerts, as the person on call wants to see them. */
@NullMarked
package io.tokenmeter.cli.alerts;

import org.jspecify.annotations.NullMarked;
