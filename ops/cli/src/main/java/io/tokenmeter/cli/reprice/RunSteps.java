package io.tokenmeter.cli.reprice;

import io.tokenmeter.domain.dedupe.EventIdHash;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.cost.Recosting;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The runs of which a step became cheaper, and their steps. A run knows its ten dearest steps only:
 * once all corrections are made, each step of a longer run is offered to it again, so that one
 * which was let go before takes the place that it has now.
 */
final class RunSteps {
  private static final int KNOWN_TO_RUN = 10;

  /** How long a run may have been under way before the time that is asked for. */
  private static final Duration LONGEST_RUN = Duration.ofDays(1);

  private final Scope scope;
  private final PriceBook book;
  private final EventIdHash hash = new EventIdHash();
  private final Set<EventId> cheaper = new HashSet<>();
  private final Map<EventId, Integer> steps = new HashMap<>();
  private final Map<EventId, Integer> revisions = new HashMap<>();

  /**
   * No runs yet.
   *
   * @param book the prices that steps must have by now: others would be corrected, which nobody has
   *     asked for
   */
  RunSteps(Scope scope, PriceBook book) {
    this.scope = scope;
    this.book = book;
  }

  /** Notes the run of an event that is corrected, if it has one. */
  void note(Recosting recosting) {
    MeteredEvent event = recosting.event();
    boolean falls = event.cost().totalCost().compareTo(recosting.before().total()) < 0;
    if (falls && event.runIdSlice() != Slice.ABSENT) {
      cheaper.add(runOf(event));
    }
  }

  /** Hands over the latest record of each step of those runs that have more than they know. */
  void offer(
      CostedUsageTopic topic, BiConsumer<ConsumerRecord<byte[], byte[]>, Recosting> consumer) {
    if (cheaper.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> ends = topic.ends();
    topic.read(scope.from().minus(LONGEST_RUN), ends, record -> count(record, topic.recosting()));
    topic.read(
        scope.from().minus(LONGEST_RUN),
        ends,
        record -> {
          if (isToBeOffered(record, topic.recosting())) {
            consumer.accept(record, topic.recosting());
          }
        });
  }

  private void count(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    MeteredEvent event = recosting.event();
    if (event.runIdSlice() != Slice.ABSENT && cheaper.contains(runOf(event))) {
      EventId id = EventId.of(record.key(), hash);
      if (revisions.merge(id, recosting.before().revision(), Math::max) == 1) {
        steps.merge(runOf(event), 1, Integer::sum);
      }
    }
  }

  private boolean isToBeOffered(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    Integer latest = revisions.get(EventId.of(record.key(), hash));
    if (latest == null
        || latest != recosting.before().revision()
        || steps.getOrDefault(runOf(recosting.event()), 0) <= KNOWN_TO_RUN) {
      return false;
    }
    recosting.priceWith(book);
    return !recosting.differs();
  }

  private EventId runOf(MeteredEvent event) {
    long run = event.runIdSlice();
    hash.hash(event.body(), Slice.offset(run), Slice.length(run));
    return new EventId(hash.high(), hash.low());
  }
}
