/** Local state of tasks as objects. */
@NullMarked
package io.tokenmeter.streams.state;

import org.jspecify.annotations.NullMarked;
