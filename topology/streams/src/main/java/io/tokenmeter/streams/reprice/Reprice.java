package io.tokenmeter.streams.reprice;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.domain.usage.UsageValidator;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.registry.UsageBodies;
import io.tokenmeter.streams.registry.UsageBodies.UnreadableException;
import io.tokenmeter.streams.usage.CostedUsageDecoder;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.validate.Rejections;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests to price past usage again, and keeps them for the stage that finds prices. A
 * request is the costed record that is to be replaced, as it stands in costed-usage. What is no
 * such record goes to rejected-events.
 */
public final class Reprice implements Processor<byte[], byte[], byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "reprice";

  /**
   * Name of the header that says up to which offset of the price table, exclusive, the one who asks
   * has read; decimal digits. Without it the prices that are known when the request is answered
   * will do.
   */
  public static final String PRICE_TABLE_OFFSET = "price-table-offset";

  private static final int MOST_NAMES = 10_000;

  private final UsageBodies bodies;
  private final Rejections rejections;
  private final UsageValidator validator;
  private final Meters meters;
  private final CostedUsageDecoder decoder = new CostedUsageDecoder();
  private final MeteredEvent event = new MeteredEvent(new NameTable());
  private ProcessorContext<byte[], byte[]> context;
  private RepriceRequests requests;

  @SuppressWarnings("NullAway.Init")
  private Reprice(
      UsageBodies bodies, Rejections rejections, UsageValidator validator, Meters meters) {
    this.bodies = bodies;
    this.rejections = rejections;
    this.validator = validator;
    this.meters = meters;
  }

  /**
   * The stage. It shares the store of requests with the stage that finds prices.
   *
   * @param bodies makes what finds the Avro body of a CostedUsage, one per task
   * @param rejections makes what describes a rejected record, one per task
   * @param validators makes what checks an event, one per task
   */
  public static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      Supplier<UsageBodies> bodies,
      Supplier<Rejections> rejections,
      Supplier<UsageValidator> validators,
      Meters meters) {
    return () -> new Reprice(bodies.get(), rejections.get(), validators.get(), meters);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    requests = new RepriceRequests(processorContext.getStateStore(RepriceRequests.STORE));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata place = context.recordMetadata().orElse(null);
    Rejection rejection = read(record);
    if (rejection == null) {
      meters.repriceRequest();
      requests.add(
          record.timestamp(),
          place == null ? 0 : place.offset(),
          priceTableOffset(record.headers().lastHeader(PRICE_TABLE_OFFSET)),
          bodies.body(),
          bodies.start());
    } else {
      meters.rejected(rejection.reason());
      context.forward(record.withValue(rejections.record(rejection, NAME, record, null, place)));
    }
  }

  private @Nullable Rejection read(Record<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return new Rejection(RejectionReason.UNDECODABLE, "the request has no value");
    }
    event.names().clearAbove(MOST_NAMES);
    try {
      bodies.find(value);
      decoder.decode(bodies.body(), bodies.start(), bodies.body().length, event);
    } catch (UnreadableException e) {
      return e.rejection();
    } catch (MalformedAvroException e) {
      return new Rejection(
          RejectionReason.UNDECODABLE, "the body does not decode: " + e.getMessage());
    }
    if (Slice.length(event.eventIdSlice()) == 0) {
      return Rejection.missing("event_id");
    }
    return validator.validate(event, record.timestamp() * 1000);
  }

  /** What is no number asks for nothing. */
  private static long priceTableOffset(@Nullable Header header) {
    if (header == null || header.value() == null) {
      return 0;
    }
    try {
      return Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
