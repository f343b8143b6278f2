/** Exports of usage and cost as providers and people make them, as lines of a bill. */
@NullMarked
package io.tokenmeter.invoices;

import org.jspecify.annotations.NullMarked;
