package io.tokenmeter.cli.totals;

import io.tokenmeter.domain.dedupe.EventIdHash;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the latest record of each event is, remembered only for events that have more than one: a
 * corrected event is written again with the next revision, and one that was sent again after the
 * dedupe horizon with the first.
 *
 * <p>Takes 1.5 bytes for each record, and some hundred for each event that has several. The filter
 * only decides what is remembered without need; which record is the latest is exact.
 */
final class LatestPlaces {
  private static final int FIRST_REVISION = 1;

  private record Id(long high, long low) {}

  private record Place(int revision, int partition, long offset) {}

  private final BloomFilter seen;
  private final EventIdHash hash = new EventIdHash();
  private final Map<Id, Place> latest = new HashMap<>();

  /** For a topic of so many records. */
  LatestPlaces(long records) {
    seen = new BloomFilter(records);
  }

  /** Notes a record; those of one event in the order in which they were written. */
  void note(String eventId, int revision, int partition, long offset) {
    Id id = id(eventId);
    boolean first = !seen.add(id.high, id.low) && revision == FIRST_REVISION;
    if (!first) {
      latest.merge(
          id,
          new Place(revision, partition, offset),
          (before, now) -> now.revision >= before.revision ? now : before);
    }
  }

  /** Whether a record, once all were noted, is the latest of its event. */
  boolean isLatest(String eventId, int partition, long offset) {
    Place place = latest.get(id(eventId));
    return place == null || (place.partition == partition && place.offset == offset);
  }

  private Id id(String eventId) {
    byte[] bytes = eventId.getBytes(StandardCharsets.UTF_8);
    hash.hash(bytes, 0, bytes.length);
    return new Id(hash.high(), hash.low());
  }
}
