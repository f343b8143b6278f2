package io.tokenmeter.cli.reprice;

import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.dedupe.EventIdHash;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.cost.Recosting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds what has to be corrected: reads costed-usage twice, first for the latest revision of each
 * event, then for what that would cost by now. Between the two it holds some hundred bytes for each
 * event in scope.
 */
final class PastUsage {
  /** A record arrives a little later than its event. */
  private static final Duration STILL_HELD = Duration.ofHours(1);

  private final Scope scope;
  private final PriceBook book;
  private final TokenmeterConfig config;
  private final boolean allowUnpriced;
  private final Instant now;
  private final Corrections corrections;
  private final EventIdHash hash = new EventIdHash();
  private final Map<EventId, Integer> revisions = new HashMap<>();

  /**
   * Usage that is priced with the rows of a book.
   *
   * @param allowUnpriced whether events are corrected that no row covers any more
   */
  PastUsage(
      Scope scope, PriceBook book, TokenmeterConfig config, boolean allowUnpriced, Instant now) {
    this.scope = scope;
    this.book = book;
    this.config = config;
    this.allowUnpriced = allowUnpriced;
    this.now = now;
    corrections = new Corrections(config.timeZone(), config.dimensions());
  }

  /**
   * Hands over each record that has to be replaced.
   *
   * @param ends up to where the topic is read
   */
  Corrections find(
      CostedUsageTopic topic,
      Map<TopicPartition, Long> ends,
      BiConsumer<ConsumerRecord<byte[], byte[]>, Recosting> consumer) {
    Duration ahead = Duration.ofMillis(config.getLong(TokenmeterConfig.EVENT_MAX_FUTURE_MS));
    Instant earliestArrival = scope.from().minus(ahead);
    topic.read(earliestArrival, ends, record -> noteRevision(record, topic.recosting()));
    topic.read(
        earliestArrival,
        ends,
        record -> {
          if (isLatest(record, topic.recosting()) && isToBeCorrected(record, topic.recosting())) {
            corrections.add(topic.recosting());
            consumer.accept(record, topic.recosting());
          }
        });
    return corrections;
  }

  private void noteRevision(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    EventId id = EventId.of(record.key(), hash);
    int revision = recosting.before().revision();
    if (revisions.containsKey(id)) {
      revisions.merge(id, revision, Math::max);
    } else if (isInScope(recosting)) {
      revisions.put(id, revision);
    }
  }

  private boolean isInScope(Recosting recosting) {
    recosting.priceWith(book);
    return scope.holds(recosting);
  }

  /** True once for each event: one that was sent again much later has a second first record. */
  private boolean isLatest(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    EventId id = EventId.of(record.key(), hash);
    Integer latest = revisions.get(id);
    return latest != null
        && latest == recosting.before().revision()
        && isInScope(recosting)
        && revisions.remove(id) != null;
  }

  private boolean isToBeCorrected(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    corrections.inScope++;
    if (!recosting.differs()) {
      corrections.unchanged++;
      return false;
    }
    boolean losesPrice = recosting.event().cost().status() == PricingStatus.UNPRICED;
    if (recosting.before().isUnpriced() && (losesPrice || isHeld(record))) {
      corrections.held++;
      return false;
    }
    if (losesPrice) {
      corrections.losingPrice++;
      if (!allowUnpriced) {
        return false;
      }
    }
    noteRetention(recosting);
    return true;
  }

  /** Whether the application prices the event by itself, as soon as it can. */
  private boolean isHeld(ConsumerRecord<byte[], byte[]> record) {
    long retention = config.getLong(TokenmeterConfig.HELD_RETENTION_MS);
    return Instant.ofEpochMilli(record.timestamp())
        .isAfter(now.minusMillis(retention).minus(STILL_HELD));
  }

  private void noteRetention(Recosting recosting) {
    long micros = recosting.event().occurredAtMicros();
    corrections.beyondRollups += isBefore(micros, TokenmeterConfig.ROLLUP_RETENTION_MS) ? 1 : 0;
    boolean ofRun = recosting.event().runIdSlice() != Slice.ABSENT;
    corrections.beyondRuns += ofRun && isBefore(micros, TokenmeterConfig.RUNS_RETENTION_MS) ? 1 : 0;
  }

  private boolean isBefore(long micros, String retention) {
    return micros < Scope.micros(now.minusMillis(config.getLong(retention)));
  }
}
