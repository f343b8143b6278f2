/** Files of usage events, read into the Avro contract line by line. */
@NullMarked
package io.tokenmeter.usagefiles;

import org.jspecify.annotations.NullMarked;
