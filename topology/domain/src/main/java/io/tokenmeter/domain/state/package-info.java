/** What the states of detectors and runs are written with. */
@NullMarked
package io.tokenmeter.domain.state;

import org.jspecify.annotations.NullMarked;
