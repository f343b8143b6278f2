/** Budgets, as the application and the command line read them from their topic, and their watch. */
@NullMarked
package io.tokenmeter.streams.budget;

import org.jspecify.annotations.NullMarked;
