/** From findings to alerts. */
@NullMarked
package io.tokenmeter.streams.alert;

import org.jspecify.annotations.NullMarked;
