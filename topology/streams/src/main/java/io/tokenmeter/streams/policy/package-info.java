/** The detectors' policies, as the application and the command line read them from their topic. */
@NullMarked
package io.tokenmeter.streams.policy;

import org.jspecify.annotations.NullMarked;
