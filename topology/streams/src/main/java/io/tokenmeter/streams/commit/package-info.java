/** What takes part in a task's commit: the only coupling to Kafka Streams' internals. */
@NullMarked
package io.tokenmeter.streams.commit;

import org.jspecify.annotations.NullMarked;
