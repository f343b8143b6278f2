package io.tokenmeter.mapping;

import java.time.Instant;

/** Maps a body of one format to usage events. Stateless: one instance serves all threads. */
@FunctionalInterface
public interface UsageMapping {

  /**
   * Maps every item of the body by itself: one that is rejected never takes others with it.
   *
   * @param body as it came, decompressed; anything at all
   * @param receivedAt when it came: the time of items that may leave theirs out, and what "in the
   *     future" is measured against
   * @return never throws; a body that cannot be read at all is one rejection with an empty path
   */
  MappedBatch map(byte[] body, Instant receivedAt);
}
