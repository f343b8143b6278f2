package io.tokenmeter.intake.source;

import io.tokenmeter.intake.IntakeMeters;
import io.tokenmeter.intake.config.SourceTopic;
import io.tokenmeter.intake.kafka.BodyMapper;
import io.tokenmeter.intake.kafka.MappedBody;
import io.tokenmeter.intake.kafka.Origin;
import io.tokenmeter.intake.kafka.OutRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Maps each record of a source's topic to usage events and rejections. It keeps nothing: what it
 * writes and the offset that it has read are one transaction of Kafka Streams.
 */
final class MapUsage implements Processor<byte[], byte[], byte[], byte[]> {
  private final SourceTopic source;
  private final BodyMapper mapper;
  private final IntakeMeters meters;
  private final String events;
  private final String rejections;
  private @Nullable ProcessorContext<byte[], byte[]> context;

  private MapUsage(
      SourceTopic source,
      BodyMapper mapper,
      IntakeMeters meters,
      String events,
      String rejections) {
    this.source = source;
    this.mapper = mapper;
    this.meters = meters;
    this.events = events;
    this.rejections = rejections;
  }

  /**
   * The stage.
   *
   * @param events name of the sink that gets usage events
   * @param rejections name of the sink that gets rejections
   */
  static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      SourceTopic source,
      BodyMapper mapper,
      IntakeMeters meters,
      String events,
      String rejections) {
    return () -> new MapUsage(source, mapper, meters, events, rejections);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] body = record.value() == null ? new byte[0] : record.value();
    MappedBody mapped = mapper.map(source.format(), body, source.attribution(), origin(record));
    forward(record, mapped.accepted(), events);
    forward(record, mapped.rejected(), rejections);
    meters.mapped(source.format(), mapped);
  }

  private void forward(Record<byte[], byte[]> record, List<OutRecord> records, String child) {
    for (OutRecord out : records) {
      Objects.requireNonNull(context)
          .forward(new Record<>(out.key(), out.value(), record.timestamp()), child);
    }
  }

  private Origin origin(Record<byte[], byte[]> record) {
    RecordMetadata place = Objects.requireNonNull(context).recordMetadata().orElseThrow();
    return new Origin(
        place.topic(),
        place.partition(),
        place.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key());
  }
}
