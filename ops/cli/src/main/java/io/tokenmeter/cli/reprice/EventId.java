package io.tokenmeter.cli.reprice;

import io.tokenmeter.domain.dedupe.EventIdHash;

/** An event's id as its 128-bit hash: millions of them are held in memory. */
record EventId(long high, long low) {

  /** The id that a record of costed-usage has as its key. */
  static EventId of(byte[] key, EventIdHash hash) {
    hash.hash(key, 0, key.length);
    return new EventId(hash.high(), hash.low());
  }
}
