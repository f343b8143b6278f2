package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.totals.RollupSums.Minute;
import io.tokenmeter.schemas.UsageEvent;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What is remembered of a file that was sent: its event ids, the minutes they fall into, and which
 * line became which offset. Filled by the reading thread and the producer's.
 */
final class SentFile {

  /** The line numbers of consecutive offsets of one partition; 0 where the record is not ours. */
  private static final class Lines {
    private final long firstOffset;
    private long[] numbers = new long[1024];
    private int length;

    Lines(long firstOffset) {
      this.firstOffset = firstOffset;
    }

    void put(long offset, long line) {
      int index = Math.toIntExact(offset - firstOffset);
      if (index >= numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(index + 1, numbers.length * 2));
      }
      numbers[index] = line;
      length = Math.max(length, index + 1);
    }

    long get(long offset) {
      long index = offset - firstOffset;
      return index < 0 || index >= length ? 0 : numbers[(int) index];
    }

    long end() {
      return firstOffset + length;
    }
  }

  private final Set<String> ids = new HashSet<>();
  private final Set<Minute> minutes = new HashSet<>();
  private final Map<TopicPartition, Lines> lines = new HashMap<>();
  private long unreadable;
  private long events;

  /** A line that could not be read as an event. */
  void unreadable() {
    unreadable++;
  }

  /** A line that is being sent. */
  void event(UsageEvent event) {
    events++;
    ids.add(event.getEventId());
    minutes.add(
        new Minute(event.getOccurredAt().truncatedTo(ChronoUnit.MINUTES), event.getModel()));
  }

  /** A line that has arrived at this offset. */
  synchronized void arrived(TopicPartition partition, long offset, long line) {
    // Offsets of one partition are acknowledged in their order.
    lines.computeIfAbsent(partition, p -> new Lines(offset)).put(offset, line);
  }

  /** The number of the line at this offset; 0 if the record came from somebody else. */
  synchronized long lineAt(TopicPartition partition, long offset) {
    Lines known = lines.get(partition);
    return known == null ? 0 : known.get(offset);
  }

  /** The offset behind the file's last record in each partition. */
  synchronized Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    lines.forEach((partition, known) -> ends.put(partition, known.end()));
    return ends;
  }

  boolean contains(String eventId) {
    return ids.contains(eventId);
  }

  /** The minutes and models that the events fall into. */
  Set<Minute> minutes() {
    return minutes;
  }

  /** Distinct ids. */
  long distinct() {
    return ids.size();
  }

  long unreadableLines() {
    return unreadable;
  }

  /** Lines that were sent as events. */
  long events() {
    return events;
  }

  /** All lines that are not blank. */
  long lines() {
    return events + unreadable;
  }
}
