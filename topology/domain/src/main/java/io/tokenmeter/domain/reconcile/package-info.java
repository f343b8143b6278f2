/** What a provider bills against what was metered, and why the two may differ. */
@NullMarked
package io.tokenmeter.domain.reconcile;

import org.jspecify.annotations.NullMarked;
