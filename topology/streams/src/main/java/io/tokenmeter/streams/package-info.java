/** The application: the topology, its settings and its main. */
@NullMarked
package io.tokenmeter.streams;

import org.jspecify.annotations.NullMarked;
