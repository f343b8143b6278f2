/** What the intake is told: its settings, tokens and topics to read. */
@NullMarked
package io.tokenmeter.intake.config;

import org.jspecify.annotations.NullMarked;
