/** The stage that follows runs of workflows, and the record of a run. */
@NullMarked
package io.tokenmeter.streams.run;

import org.jspecify.annotations.NullMarked;
