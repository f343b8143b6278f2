package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.totals.CostedTotals;
import io.tokenmeter.cli.totals.OtherCost;
import io.tokenmeter.cli.totals.RollupKey;
import io.tokenmeter.cli.totals.RollupSums;
import io.tokenmeter.cli.totals.RollupSums.Minute;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.UsageRollup;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Finds in the output topics what became of one file's events, whatever else is in there.
 *
 * <p>Costed usage is read whole, because a file that was sent before has its costs from then. Its
 * share of the roll-ups is what the minutes say that its events fall into, less what other events
 * in the same minutes cost.
 */
final class ReplayResults implements AutoCloseable {

  /** Hears of an event of the file that the application rejected. */
  interface RejectionListener {
    void rejected(long line, RejectedEvent rejected);
  }

  private final Cluster cluster;
  private final SentFile sent;
  private final Map<TopicPartition, Long> costedBefore;
  private final TopicReader costed;
  private final Deserializer<Object> deserializer;
  private final CostedTotals totals;
  private final AwaitedPrices awaited;
  private final OtherCost others = new OtherCost();
  private long newlyCosted;

  /**
   * Results that can be read once the file is processed.
   *
   * @param costedBefore the ends of costed-usage before anything was sent
   * @param prices reads the price table
   */
  ReplayResults(
      Cluster cluster,
      SentFile sent,
      Map<TopicPartition, Long> costedBefore,
      Supplier<PriceBook> prices) {
    this.cluster = cluster;
    this.sent = sent;
    this.costedBefore = costedBefore;
    this.costed = new TopicReader(cluster, cluster.topic("costed-usage"));
    this.deserializer = cluster.deserializer();
    this.awaited = new AwaitedPrices(prices);
    this.totals = new CostedTotals(cluster.config().timeZone());
  }

  /** Reads costed usage up to what is committed now; may be called again for what follows. */
  void readCosted() {
    costed.readToEnd(this::addCosted);
  }

  /** Reads what has been costed again since; waits up to the given time for something. */
  void readOn(Duration time) {
    costed.poll(time, this::addCosted);
  }

  /** How many events of the file have no cost yet although the price table has their price. */
  long awaitingPrice() {
    return awaited.count();
  }

  /** The file's events as costed-usage has them. */
  CostedTotals totals() {
    return totals;
  }

  /** Events that were costed since the file was sent; the others were costed earlier. */
  long newlyCosted() {
    return newlyCosted;
  }

  /** Counts the file's events that the application rejected. */
  long readRejected(Map<TopicPartition, Long> from, RejectionListener listener) {
    long[] count = {0};
    try (TopicReader reader = new TopicReader(cluster, cluster.topic("rejected-events"))) {
      reader.seek(from);
      reader.readToEnd(
          record -> {
            RejectedEvent rejected = (RejectedEvent) decode(record);
            TopicPartition source =
                new TopicPartition(rejected.getSourceTopic(), rejected.getSourcePartition());
            long line = sent.lineAt(source, rejected.getSourceOffset());
            if (line > 0) {
              count[0]++;
              listener.rejected(line, rejected);
            }
          });
    }
    return count[0];
  }

  /** What the roll-ups say that the file's events cost, USD. */
  BigDecimal readRollups() {
    return rollups(Granularity.MINUTE).costUsd(sent.minutes()).subtract(others.costUsd());
  }

  private RollupSums rollups(Granularity granularity) {
    RollupSums sums = new RollupSums();
    try (TopicReader reader = new TopicReader(cluster, cluster.topic("usage-rollups"))) {
      reader.readToEnd(
          record -> {
            if (record.value() != null
                && RollupKey.hasGranularity(record.key(), granularity)
                && RollupKey.hasDimension(record.key(), RollupSums.DIMENSION)) {
              sums.add((UsageRollup) decode(record));
            }
          });
    }
    return sums;
  }

  private void addCosted(ConsumerRecord<byte[], byte[]> record) {
    CostedUsage usage = (CostedUsage) decode(record);
    if (sent.contains(usage.getEventId())) {
      if (totals.add(usage)) {
        awaited.note(usage);
      }
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      boolean sinceSent = record.offset() >= costedBefore.getOrDefault(partition, 0L);
      newlyCosted += sinceSent && usage.getRevision() == 1 ? 1 : 0;
    } else if (sent.minutes().contains(minuteOf(usage))) {
      others.add(usage);
    }
  }

  private static Minute minuteOf(CostedUsage usage) {
    return new Minute(usage.getOccurredAt().truncatedTo(ChronoUnit.MINUTES), usage.getModel());
  }

  private Object decode(ConsumerRecord<byte[], byte[]> record) {
    return deserializer.deserialize(record.topic(), record.value());
  }

  @Override
  public void close() {
    costed.close();
    deserializer.close();
  }
}
