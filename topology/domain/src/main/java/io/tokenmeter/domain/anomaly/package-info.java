/** Spend of a subject against what is normal for it, judged while it happens. */
@NullMarked
package io.tokenmeter.domain.anomaly;

import org.jspecify.annotations.NullMarked;
