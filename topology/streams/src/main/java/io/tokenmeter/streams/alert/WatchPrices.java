package io.tokenmeter.streams.alert;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.stale.StaleDetector;
import io.tokenmeter.domain.stale.StalePolicy;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.price.PriceTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Watches when the prices of each provider were published last. It stands beside the stage that
 * joins the findings, because there is one task of that; of the findings it takes no note.
 */
public final class WatchPrices implements Processor<byte[], byte[], byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "watch-prices";

  /** By provider that was reported: when its prices had been published, microseconds. */
  private static final String STORE = "watch-prices-stale";

  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(10);

  private final PriceTable prices;
  private final Supplier<DetectorPolicies> policies;
  private final Meters meters;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> stale;

  @SuppressWarnings("NullAway.Init")
  private WatchPrices(PriceTable prices, Supplier<DetectorPolicies> policies, Meters meters) {
    this.prices = prices;
    this.policies = policies;
    this.meters = meters;
  }

  /** The stage. */
  public static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      PriceTable prices, Supplier<DetectorPolicies> policies, Meters meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], byte[], byte[]> get() {
        return new WatchPrices(prices, policies, meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of()));
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    stale = processorContext.getStateStore(STORE);
    processorContext.schedule(LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<byte[], byte[]> finding) {
    // Findings go to the next stage; this one only needs to be where they are.
  }

  private void look(long nowMillis) {
    Map<String, Long> reported = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = stale.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        String provider = new String(entry.key.get(), StandardCharsets.UTF_8);
        reported.put(provider, ByteBuffer.wrap(entry.value).getLong());
      }
    }
    Map<String, Long> published = prices.publishedMillis();
    published.forEach((provider, at) -> look(provider, at, reported.remove(provider), nowMillis));
    // What is left has been withdrawn.
    reported.forEach((provider, before) -> look(provider, nowMillis, before, nowMillis));
  }

  /**
   * Looks at a provider.
   *
   * @param reportedMicros when its prices had been published that were reported; null: none were
   */
  private void look(
      String provider, long publishedMillis, @Nullable Long reportedMicros, long nowMillis) {
    Subject subject = new Subject("provider", provider);
    StalePolicy policy = policies.get().lookup(PolicyDefinitions.STALE_PRICES, subject);
    long now = nowMillis * 1000;
    long published = publishedMillis * 1000;
    boolean isStale = StaleDetector.isStale(published, policy, now);
    Bytes key = Bytes.wrap(provider.getBytes(StandardCharsets.UTF_8));
    if (isStale && reportedMicros == null) {
      stale.put(key, ByteBuffer.allocate(Long.BYTES).putLong(published).array());
      emit(StaleDetector.finding(subject, published, policy, true, now));
    } else if (!isStale && reportedMicros != null) {
      stale.delete(key);
      emit(StaleDetector.finding(subject, reportedMicros, policy, false, now));
    }
  }

  private void emit(Finding finding) {
    meters.finding(finding.detector());
    byte[] key = finding.subject().toString().getBytes(StandardCharsets.UTF_8);
    context.forward(new Record<>(key, FindingCodec.encode(finding), context.currentSystemTimeMs()));
  }
}
