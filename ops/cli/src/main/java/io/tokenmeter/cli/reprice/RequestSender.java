package io.tokenmeter.cli.reprice;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.domain.dedupe.EventIdHash;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.cost.Recosting;
import io.tokenmeter.streams.reprice.Reprice;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Asks the application to price records again, and remembers what it has asked for. */
final class RequestSender implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final RecordHeader pricesReadTo;
  private final EventIdHash hash = new EventIdHash();
  private final Map<EventId, Integer> expected = new HashMap<>();
  private final MoneySum expectedCost = new MoneySum();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * A sender.
   *
   * @param priceTableOffset up to where, exclusive, the price table was read
   */
  RequestSender(Cluster cluster, long priceTableOffset) {
    topic = cluster.topic("reprice-requests");
    producer = cluster.producer();
    pricesReadTo =
        new RecordHeader(
            Reprice.PRICE_TABLE_OFFSET,
            Long.toString(priceTableOffset).getBytes(StandardCharsets.UTF_8));
  }

  /** Asks for a record to be replaced that was priced again. */
  void send(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    expected.put(EventId.of(record.key(), hash), recosting.before().revision() + 1);
    expectedCost.add(recosting.event().cost().totalCost());
    offer(record, recosting);
  }

  /** Sends a record of costed-usage as it is, under the key that its event had. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
  void offer(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    MeteredEvent event = recosting.event();
    long runId = event.runIdSlice();
    String key = runId == Slice.ABSENT ? event.eventId() : event.text(runId);
    producer.send(
        new ProducerRecord<>(topic, null, key, record.value(), List.of(pricesReadTo)),
        (sent, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /**
   * Waits until the brokers have all requests.
   *
   * @return what will be written, if all goes well
   */
  Answers flush() {
    producer.flush();
    Exception e = failure.get();
    if (e != null) {
      throw new CommandFailedException(
          "not all requests were acknowledged; repeat the command, which changes nothing twice: "
              + e.getMessage(),
          e);
    }
    return new Answers(expected, expectedCost.toMoney());
  }

  @Override
  public void close() {
    producer.close();
  }
}
