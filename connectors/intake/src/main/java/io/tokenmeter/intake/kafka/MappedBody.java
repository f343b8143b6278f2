package io.tokenmeter.intake.kafka;

import io.tokenmeter.mapping.MappedItem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What becomes of one body.
 *
 * @param accepted records for usage-events
 * @param rejected records for rejected-events, one for each rejection
 * @param rejections why items were rejected
 * @param ignored items that are not about usage at all
 */
public record MappedBody(
    List<OutRecord> accepted,
    List<OutRecord> rejected,
    List<MappedItem.Rejected> rejections,
    int ignored) {

  /** Memory that the records take on their way, bytes, roughly. */
  public long size() {
    return Stream.of(accepted, rejected).flatMap(List::stream).mapToLong(OutRecord::size).sum();
  }
}
