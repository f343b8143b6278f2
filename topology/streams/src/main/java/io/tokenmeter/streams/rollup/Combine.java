package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.Dimension.Attribute;
import io.tokenmeter.domain.rollup.QuantileSketch;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.Name;
import io.tokenmeter.streams.usage.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Adds a task's events up per dimension, key and minute, and hands the sums on at each commit: a
 * few hot models would otherwise send most of the traffic to one partition.
 *
 * <p>The key of what it forwards is the partition that the bundle of sums belongs to.
 */
public final class Combine implements Processor<byte[], MeteredEvent, Integer, byte[]> {
  /** Name of the stage. */
  public static final String NAME = "combine";

  private static final String SUMS = "combine-sums";
  private static final int MAX_NAMES = 1 << 18;
  private static final int BUNDLE_BYTES = 64 << 10;
  private static final int SIZE_CHECK_EVENTS = 256;

  private final List<Dimension> dimensions;
  private final byte[][] dimensionNames;
  private final int maxSums;

  /** The sums of the bundle that is being filled, by partition. */
  private final AvroBodyWriter[] bundles;

  private final AvroBodyWriter bundle = new AvroBodyWriter();
  private final List<Drained> drained = new ArrayList<>();
  private final RollupTotals delta = new RollupTotals();
  private int sinceSizeCheck;
  private long latestMicros = Long.MIN_VALUE;

  /** The latest time of an event whose sums have all been handed on. */
  private long handedOnMicros = RollupBundle.NO_TIME;

  private ProcessorContext<Integer, byte[]> context;
  private CombineSums sums;
  private NameTable names = new NameTable();

  /** A sum of one of the dimensions, by its index. */
  private record Drained(int dimension, PartialSums.Partial partial) {}

  @SuppressWarnings("NullAway.Init")
  private Combine(List<Dimension> dimensions, int partitions, int maxSums) {
    this.dimensions = dimensions;
    this.maxSums = maxSums;
    dimensionNames =
        dimensions.stream()
            .map(dimension -> dimension.name().getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    bundles = new AvroBodyWriter[partitions];
    for (int i = 0; i < partitions; i++) {
      bundles[i] = new AvroBodyWriter();
    }
  }

  /**
   * The stage.
   *
   * @param partitions partitions of the topic that the sums go to
   * @param maxSums how many sums a task holds before it hands them on ahead of the commit
   */
  public static ProcessorSupplier<byte[], MeteredEvent, Integer, byte[]> supplier(
      List<Dimension> dimensions, int partitions, int maxSums) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], MeteredEvent, Integer, byte[]> get() {
        return new Combine(dimensions, partitions, maxSums);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(CombineSums.builder(SUMS, dimensions));
      }
    };
  }

  @Override
  public void init(ProcessorContext<Integer, byte[]> processorContext) {
    context = processorContext;
    // A task that failed while it handed on is set up again with the same processor.
    for (AvroBodyWriter started : bundles) {
      started.reset();
    }
    drained.clear();
    latestMicros = Long.MIN_VALUE;
    handedOnMicros = RollupBundle.NO_TIME;
    sums = processorContext.getStateStore(SUMS);
    sums.onCommit(processorContext, this::commit);
  }

  @Override
  public void process(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    names = event.names();
    // No further than its arrival, or one clock ahead would move everybody's time.
    long micros = Math.min(event.occurredAtMicros(), record.timestamp() * 1000);
    latestMicros = Math.max(latestMicros, micros);
    EventDelta.write(event, delta);
    int latencyBin =
        event.latencyMillis() < 0 || event.isCorrection()
            ? Integer.MIN_VALUE
            : QuantileSketch.bin(event.latencyMillis());
    long minute = WindowCalendar.minuteOf(event.occurredAtMicros());
    PartialSums[] partials = event.isRepriced() ? sums.restated() : sums.used();
    for (int i = 0; i < dimensions.size(); i++) {
      Dimension dimension = dimensions.get(i);
      Attribute second = dimension.second();
      RollupTotals totals =
          partials[i].totals(
              keyPart(event, dimension.first()),
              second == null ? null : keyPart(event, second),
              minute);
      totals.add(delta);
      if (latencyBin != Integer.MIN_VALUE) {
        totals.addLatency(latencyBin);
      }
    }
    if (++sinceSizeCheck == SIZE_CHECK_EVENTS) {
      sinceSizeCheck = 0;
      if (sums.size() > maxSums) {
        handOn();
      }
    }
  }

  /**
   * Events that do not carry an attribute are summed under the empty key, so that every dimension
   * adds up.
   */
  private static Name keyPart(MeteredEvent event, Attribute attribute) {
    Name name = event.name(attribute);
    return name == null ? event.names().empty() : name;
  }

  private void commit() {
    handOn();
    // Only here, where no sum and no event refers to a name.
    if (names.size() > MAX_NAMES) {
      names.clear();
    }
  }

  /**
   * In the order of time, and each bundle tells up to when the sums are complete with it, so that
   * detectors see a backlog as they would have seen it come.
   */
  private void handOn() {
    for (int i = 0; i < dimensions.size(); i++) {
      int dimension = i;
      sums.used()[i].drain(partial -> drained.add(new Drained(dimension, partial)));
    }
    drained.sort(Comparator.comparingLong(sum -> sum.partial.minute()));
    drained.forEach(this::add);
    drained.clear();
    for (int partition = 0; partition < bundles.length; partition++) {
      send(partition, latestMicros);
    }
    handedOnMicros = latestMicros;
    handOnRestated();
  }

  /** Apart from what was used, in bundles that say so. */
  private void handOnRestated() {
    for (int i = 0; i < dimensions.size(); i++) {
      int dimension = i;
      sums.restated()[i].drain(
          partial -> add(new Drained(dimension, partial), RollupBundle.RESTATEMENT));
    }
    for (int partition = 0; partition < bundles.length; partition++) {
      send(partition, RollupBundle.RESTATEMENT);
    }
  }

  private void add(Drained sum) {
    long complete = Math.min(latestMicros, WindowCalendar.micros(sum.partial.minute()));
    add(sum, Math.max(handedOnMicros, complete));
  }

  /** Adds a sum to its bundle, after sending one that is full with the given time. */
  private void add(Drained sum, long micros) {
    PartialSums.Partial partial = sum.partial;
    Attribute first = dimensions.get(sum.dimension).first();
    int partition = RollupBundle.partition(first, partial.first().utf8(), bundles.length);
    if (bundles[partition].size() > BUNDLE_BYTES) {
      send(partition, micros);
    }
    RollupBundle.append(bundles[partition], dimensionNames[sum.dimension], partial);
  }

  private void send(int partition, long micros) {
    AvroBodyWriter filled = bundles[partition];
    if (filled.size() > 0) {
      RollupBundle.begin(bundle, micros);
      bundle.writeRaw(filled.toByteArray());
      context.forward(new Record<>(partition, bundle.toByteArray(), context.currentSystemTimeMs()));
      filled.reset();
    }
  }
}
