/** How abnormal each row of any series is, by what came before it. */
@NullMarked
package io.tokenmeter.domain.anomaly.series;

import org.jspecify.annotations.NullMarked;
