package io.tokenmeter.streams.validate;

import io.tokenmeter.domain.rollup.Dimension.Field;
import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.domain.usage.UsageValidator;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.registry.UsageBodies;
import io.tokenmeter.streams.registry.UsageBodies.UnreadableException;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Decodes each record and checks it. What passes goes on as a {@link MeteredEvent}; what does not
 * goes to rejected-events with the reason and the place it came from, and the stream goes on.
 */
public final class Validate implements Processor<byte[], byte[], byte[], Object> {
  /** Name of the stage. */
  public static final String NAME = "validate";

  private static final Field[] FIELDS = Field.values();

  private final UsageBodies bodies;
  private final Rejections rejections;
  private final UsageValidator validator;
  private final int maxBytes;
  private final Meters meters;
  private final String next;
  private final String rejected;
  private final UsageEventDecoder decoder = new UsageEventDecoder();
  private final MeteredEvent event = new MeteredEvent(new NameTable());
  private ProcessorContext<byte[], Object> context;
  private boolean decoded;

  @SuppressWarnings("NullAway.Init")
  private Validate(
      UsageBodies bodies,
      Rejections rejections,
      UsageValidator validator,
      int maxBytes,
      Meters meters,
      String next,
      String rejected) {
    this.bodies = bodies;
    this.rejections = rejections;
    this.validator = validator;
    this.maxBytes = maxBytes;
    this.meters = meters;
    this.next = next;
    this.rejected = rejected;
  }

  /**
   * The stage.
   *
   * @param bodies makes what finds a record's Avro body, one per task
   * @param rejections makes what describes a rejected record, one per task
   * @param validators makes what checks an event, one per task
   * @param maxBytes largest value that is accepted
   * @param next name of the stage that gets the events
   * @param rejected name of the sink that gets the rejected records
   */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> supplier(
      Supplier<UsageBodies> bodies,
      Supplier<Rejections> rejections,
      Supplier<UsageValidator> validators,
      int maxBytes,
      Meters meters,
      String next,
      String rejected) {
    return () ->
        new Validate(
            bodies.get(), rejections.get(), validators.get(), maxBytes, meters, next, rejected);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Rejection rejection = read(record);
    if (rejection == null) {
      meters.event();
      context.forward(record.withValue(event), next);
    } else {
      meters.rejected(rejection.reason());
      byte[] value =
          rejections.record(
              rejection,
              NAME,
              record,
              decoded ? event.eventId() : null,
              context.recordMetadata().orElse(null));
      context.forward(record.withValue(value), rejected);
    }
  }

  private @Nullable Rejection read(Record<byte[], byte[]> record) {
    decoded = false;
    byte[] value = record.value();
    if (value == null) {
      return new Rejection(RejectionReason.UNDECODABLE, "the record has no value");
    }
    if (value.length > maxBytes) {
      return new Rejection(
          RejectionReason.TOO_LARGE,
          "the record has " + value.length + " bytes, more than event.max.bytes, " + maxBytes);
    }
    try {
      bodies.find(value);
      byte[] body = bodies.body();
      decoder.decode(body, bodies.start(), body.length, event);
      decoded = true;
    } catch (UnreadableException e) {
      return e.rejection();
    } catch (MalformedAvroException e) {
      return new Rejection(
          RejectionReason.UNDECODABLE, "the body does not decode: " + e.getMessage());
    }
    if (Slice.length(event.eventIdSlice()) == 0) {
      return Rejection.missing("event_id");
    }
    Rejection tooLong = findTooLong();
    return tooLong != null ? tooLong : validator.validate(event, record.timestamp() * 1000);
  }

  /** A roll-up's key stands in a record's key and value, which have a limit. */
  private @Nullable Rejection findTooLong() {
    Rejection rejection = null;
    if (mayBeTooLong(event.eventIdSlice())) {
      rejection = validator.checkText("event_id", event.text(event.eventIdSlice()));
    }
    for (int i = 0; rejection == null && i < FIELDS.length; i++) {
      long slice = event.slice(FIELDS[i]);
      if (mayBeTooLong(slice)) {
        String field = FIELDS[i].name().toLowerCase(Locale.ROOT);
        rejection = validator.checkText(field, event.text(slice));
      }
    }
    if (rejection == null && mayBeTooLong(event.longestTag())) {
      rejection = validator.checkText("the value of a tag", event.text(event.longestTag()));
    }
    return rejection;
  }

  /** No text has more characters than bytes, and an absent field has none. */
  private static boolean mayBeTooLong(long slice) {
    return Slice.length(slice) > UsageValidator.MAX_TEXT_LENGTH;
  }
}
