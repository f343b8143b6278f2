package io.tokenmeter.streams.alert;

import io.tokenmeter.domain.alert.Alert;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.alert.IncidentJoiner;
import io.tokenmeter.domain.alert.JoinRules;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.commit.RevivedTask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/**
 * Joins the findings of all detectors into incidents, and writes one alert when an incident fires
 * and one when it is over. There is one task of it: it sees every finding.
 */
public final class JoinIncidents implements Processor<byte[], byte[], byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "join-incidents";

  private static final String STORE = "join-incidents-open";
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private final JoinRules rules;
  private final AlertWriter writer;
  private final Meters meters;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;
  private IncidentJoiner joiner;
  private long dropped;

  @SuppressWarnings("NullAway.Init")
  private JoinIncidents(JoinRules rules, AlertWriter writer, Meters meters) {
    this.rules = rules;
    this.writer = writer;
    this.meters = meters;
  }

  /**
   * The stage.
   *
   * @param wireHeader what an Alert record's value begins with, before the Avro body
   */
  public static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      JoinRules rules, byte[] wireHeader, Meters meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], byte[], byte[]> get() {
        return new JoinIncidents(rules, new AlertWriter(wireHeader), meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of()));
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    RevivedTask.forgetOffsets(processorContext);
    store = processorContext.getStateStore(STORE);
    // A task that failed is set up again with the same processor.
    joiner = new IncidentJoiner(rules);
    dropped = 0;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        long number = ByteBuffer.wrap(entry.key.get()).getLong();
        joiner.restore(number, entry.value, processorContext.currentSystemTimeMs());
      }
    }
    processorContext.schedule(
        LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> write(joiner.tick(now)));
  }

  @Override
  public void process(Record<byte[], byte[]> finding) {
    write(joiner.on(FindingCodec.decode(finding.value()), context.currentSystemTimeMs()));
    if (joiner.dropped() > dropped) {
      meters.droppedFindings(joiner.dropped() - dropped);
      dropped = joiner.dropped();
    }
  }

  private void write(List<Alert> alerts) {
    joiner.writeChanges((number, incident) -> store.put(key(number), incident));
    meters.openIncidents(joiner.open());
    for (Alert alert : alerts) {
      meters.alert(alert.detector(), alert.state());
      byte[] key = alert.id().getBytes(StandardCharsets.UTF_8);
      context.forward(new Record<>(key, writer.value(alert), context.currentSystemTimeMs()));
    }
  }

  private static Bytes key(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }
}
