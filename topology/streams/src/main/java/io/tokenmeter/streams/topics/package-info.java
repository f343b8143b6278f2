/** The topic catalogue, and making a cluster's topics agree with it. */
@NullMarked
package io.tokenmeter.streams.topics;

import org.jspecify.annotations.NullMarked;
