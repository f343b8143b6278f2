package io.tokenmeter.cli.totals;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.ExistingTopic;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.streams.TokenmeterConfig;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Billed requests of a span of time, each once at its highest revision, kept as small as their
 * reader wants: what is kept of all requests is in memory at once.
 *
 * @param <T> what is kept of a request
 */
public final class LatestCosted<T> {
  private static final String COSTED = "costed-usage";

  private final Instant from;
  private final Instant to;
  private final Predicate<CostedUsage> wanted;
  private final Function<CostedUsage, T> keep;
  private final Map<String, Kept<T>> latest = new HashMap<>();

  private record Kept<T>(int revision, T value) {}

  private LatestCosted(
      Instant from, Instant to, Predicate<CostedUsage> wanted, Function<CostedUsage, T> keep) {
    this.from = from;
    this.to = to;
    this.wanted = wanted;
    this.keep = keep;
  }

  /**
   * Reads what is committed in the topic at the time of the call. Spans, which carry no cost, are
   * left out.
   *
   * @param from the first moment that matters, by the time of the request
   * @param to the end, exclusive
   * @param wanted says which requests matter; the same for all revisions of one
   * @param keep what to keep of a request
   * @param use takes what is kept, in no particular order
   */
  public static <T> void read(
      Cluster cluster,
      Instant from,
      Instant to,
      Predicate<CostedUsage> wanted,
      Function<CostedUsage, T> keep,
      Consumer<T> use)
      throws ExecutionException, InterruptedException {
    String topic = ExistingTopic.require(cluster, COSTED);
    LatestCosted<T> requests = new LatestCosted<>(from, to, wanted, keep);
    long early = cluster.config().getLong(TokenmeterConfig.EVENT_MAX_FUTURE_MS);
    try (Deserializer<Object> deserializer = cluster.deserializer();
        TopicReader reader = new TopicReader(cluster, topic)) {
      // No event arrives longer before it happened than is accepted.
      reader.seekTo(from.minusMillis(early));
      reader.readToEnd(
          record ->
              requests.add(
                  (CostedUsage) deserializer.deserialize(topic, record.headers(), record.value())));
    }
    requests.latest.values().forEach(kept -> use.accept(kept.value));
  }

  private void add(CostedUsage usage) {
    Instant at = usage.getOccurredAt();
    if (usage.getCostRole() == CostRole.ROLLUP
        || at.isBefore(from)
        || !at.isBefore(to)
        || !wanted.test(usage)) {
      return;
    }
    Kept<T> before = latest.get(usage.getEventId());
    if (before == null || usage.getRevision() >= before.revision) {
      latest.put(usage.getEventId(), new Kept<>(usage.getRevision(), keep.apply(usage)));
    }
  }
}
