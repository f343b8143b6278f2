package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.benchmarks.workload.PriceSheet;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Windowed;
import org.jspecify.annotations.Nullable;

/**
 * What both DSL rungs share: sources, serdes and settings. All settings that are not named here are
 * Kafka's defaults.
 */
public abstract class DslRung implements RungApplication {
  /** Suffix of the compacted topic with the prices, keyed by provider and model. */
  public static final String PRICES = "prices";

  /** Suffix of the topic that takes the roll-ups. */
  public static final String ROLLUPS = "usage-rollups";

  static final Serde<String> TEXT = Serdes.String();
  final Serde<UsageEvent> eventSerde = new SpecificAvroSerde<>(UsageEvent.getClassSchema());
  final Serde<CostedUsage> costedSerde = new SpecificAvroSerde<>(CostedUsage.getClassSchema());
  final Serde<UsageRollup> rollupSerde = new SpecificAvroSerde<>(UsageRollup.getClassSchema());
  final RungRequest request;

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private @Nullable KafkaStreams streams;

  DslRung(RungRequest request) {
    this.request = request;
  }

  /** Adds what the rung does with its events. */
  abstract void build(KStream<String, UsageEvent> events, GlobalKTable<String, ModelPrice> prices);

  @Override
  public String groupId() {
    return request.name();
  }

  @Override
  public void start() {
    StreamsBuilder builder = new StreamsBuilder();
    GlobalKTable<String, ModelPrice> prices =
        builder.globalTable(request.topic(PRICES), Consumed.with(TEXT, ModelPriceSerde.create()));
    KStream<String, UsageEvent> events =
        builder.stream(
            request.inputTopic(),
            Consumed.with(TEXT, eventSerde).withTimestampExtractor(new OccurredAt()));
    build(events, prices);
    KafkaStreams started =
        new KafkaStreams(builder.build(), settings(), new PrefixClientSupplier(request));
    started.setUncaughtExceptionHandler(
        thrown -> {
          failure.compareAndSet(null, thrown);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    started.start();
    streams = started;
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, groupId());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, request.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, request.stateDirectory());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, request.threads());
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return settings;
  }

  /** Publishes the workload's prices to the topic of the global table. */
  @SuppressWarnings("FutureReturnValueIgnored") // a price that is missing shows in the totals
  public static void publishPrices(String bootstrapServers, String topic) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (ModelPrice price : PriceSheet.MODELS) {
        String key = price.provider() + "|" + price.model();
        producer.send(new ProducerRecord<>(topic, key, ModelPriceSerde.encode(price)));
      }
    }
  }

  static KeyValue<String, UsageRollup> output(
      Windowed<String> window,
      UsageRollup rollup,
      Granularity granularity,
      DslDimension dimension) {
    UsageRollup finished =
        RollupAggregator.finish(
            rollup,
            granularity,
            dimension,
            window.key(),
            window.window().startTime(),
            window.window().endTime());
    String key =
        String.join(
            "|",
            granularity.name(),
            String.valueOf(window.window().start()),
            dimension.name(),
            window.key());
    return KeyValue.pair(key, finished);
  }

  static String priceKey(UsageEvent event) {
    return event.getProvider() + "|" + event.getModel();
  }

  @Override
  public boolean finished() {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(request.rung().id() + " failed", failed);
    }
    return false;
  }

  @Override
  public void close() {
    if (streams != null) {
      streams.close(Duration.ofSeconds(60));
    }
  }
}
