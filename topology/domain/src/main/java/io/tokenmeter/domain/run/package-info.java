/** What a run of a workflow cost, step by step, in bounded state. */
@NullMarked
package io.tokenmeter.domain.run;

import org.jspecify.annotations.NullMarked;
