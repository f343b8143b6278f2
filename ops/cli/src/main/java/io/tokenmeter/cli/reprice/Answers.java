package io.tokenmeter.cli.reprice;

import io.tokenmeter.domain.dedupe.EventIdHash;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.streams.cost.Recosting;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The revisions that are expected in costed-usage, and what those that came add up to. */
final class Answers {
  private final Map<EventId, Integer> open;
  private final long all;
  private final Money expectedCost;
  private final MoneySum cost = new MoneySum();
  private final EventIdHash hash = new EventIdHash();

  /**
   * Answers to requests.
   *
   * @param open the revision that each event gets; emptied as they come
   * @param expectedCost what the events cost then
   */
  Answers(Map<EventId, Integer> open, Money expectedCost) {
    this.open = open;
    this.expectedCost = expectedCost;
    all = open.size();
  }

  void take(ConsumerRecord<byte[], byte[]> record, Recosting recosting) {
    EventId id = EventId.of(record.key(), hash);
    Integer revision = open.get(id);
    if (revision != null && recosting.before().revision() >= revision) {
      open.remove(id);
      cost.add(recosting.before().total());
    }
  }

  /** How many were asked for. */
  long all() {
    return all;
  }

  /** How many have not come. */
  long missing() {
    return open.size();
  }

  /** What those that came cost. */
  Money cost() {
    return cost.toMoney();
  }

  /** What all of them were expected to cost. */
  Money expectedCost() {
    return expectedCost;
  }
}
