package io.tokenmeter.streams.usage;

import io.tokenmeter.domain.rollup.Dimension.Field;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.avro.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a usage event by position: the fields of UsageEvent.avsc one after the other, in the
 * schema's order. A test compares it with the generated class. Not thread-safe.
 */
public final class UsageEventDecoder {
  private static final int COST_ROLES = 2;
  private static final int STATUSES = 3;
  private static final int USAGE_SOURCES = 3;

  private final AvroBodyReader in = new AvroBodyReader();

  /**
   * Fills an event from the body between {@code start} and {@code end}.
   *
   * @throws MalformedAvroException if the bytes are not one whole usage event
   */
  public void decode(byte[] body, int start, int end, MeteredEvent event) {
    decodeLeading(body, start, end, event);
    in.expectEnd();
  }

  /**
   * Fills an event from a body that begins with a usage event and goes on with something else.
   *
   * @return where the event ends
   * @throws MalformedAvroException if the bytes do not begin with one whole usage event
   */
  public int decodeLeading(byte[] body, int start, int end, MeteredEvent event) {
    in.start(body, start, end);
    event.begin(body, start, end);
    event.eventId = in.readSlice();
    event.occurredAtMicros = in.readLong();
    event.set(Field.PROVIDER, in.readSlice());
    event.set(Field.MODEL, in.readSlice());
    in.readOptionalSlice(); // requested_model
    event.set(Field.OPERATION, in.readOptionalSlice());
    event.set(Field.SERVICE_TIER, in.readOptionalSlice());
    event.set(Field.REGION, in.readOptionalSlice());
    event.set(Field.API_KEY, in.readOptionalSlice());
    event.set(Field.PROJECT, in.readOptionalSlice());
    event.set(Field.TEAM, in.readOptionalSlice());
    event.set(Field.USER, in.readOptionalSlice());
    event.set(Field.CUSTOMER, in.readOptionalSlice());
    event.set(Field.ENVIRONMENT, in.readOptionalSlice());
    event.set(Field.WORKFLOW, in.readOptionalSlice());
    event.runId = in.readOptionalSlice();
    event.stepId = in.readOptionalSlice();
    event.parentStepId = in.readOptionalSlice();
    event.stepName = in.readOptionalSlice();
    event.set(Field.AGENT, in.readOptionalSlice());
    event.attempt = in.readOptionalLong(1);
    boolean retryOf = in.readOptionalSlice() != Slice.ABSENT;
    event.retry = retryOf || event.attempt > 1;
    event.costRole = in.readEnum(COST_ROLES) == 0 ? CostRole.LEAF : CostRole.ROLLUP;
    event.outcome = in.readOptionalSlice();
    event.failed = in.readEnum(STATUSES) != 0;
    in.readOptionalSlice(); // error_type
    event.latencyMillis = in.readOptionalLong(-1);
    in.readOptionalLong(-1); // time_to_first_token_ms
    event.maxOutputTokens = in.readOptionalLong(0);
    in.readEnum(USAGE_SOURCES);
    decodeQuantities(body, event.quantities);
    in.readOptionalSlice(); // provider_reported_cost_usd
    event.tagsStart = in.position();
    event.longestTag = readLongestTag();
    event.bodyEnd = in.position();
    return event.bodyEnd;
  }

  private void decodeQuantities(byte[] body, UsageQuantities quantities) {
    quantities.clear();
    decodeCount(quantities, Unit.INPUT);
    decodeCount(quantities, Unit.CACHE_READ);
    decodeCount(quantities, Unit.CACHE_WRITE);
    decodeCount(quantities, Unit.CACHE_WRITE_1H);
    decodeCount(quantities, Unit.OUTPUT);
    decodeCount(quantities, Unit.OUTPUT_REASONING);
    if (in.readPresent()) {
      for (int block = in.readBlockCount(); block > 0; block = in.readBlockCount()) {
        for (int i = 0; i < block; i++) {
          long name = in.readSlice();
          String unit =
              new String(body, Slice.offset(name), Slice.length(name), StandardCharsets.UTF_8);
          quantities.setExtra(unit, in.readUnscaledLong());
        }
      }
    }
  }

  private void decodeCount(UsageQuantities quantities, Unit unit) {
    if (in.readPresent()) {
      quantities.set(unit, in.readLong());
    }
  }

  private long readLongestTag() {
    long longest = Slice.ABSENT;
    if (in.readPresent()) {
      for (int block = in.readBlockCount(); block > 0; block = in.readBlockCount()) {
        for (int i = 0; i < block; i++) {
          in.readSlice();
          long value = in.readSlice();
          longest = Slice.length(value) > Slice.length(longest) ? value : longest;
        }
      }
    }
    return longest;
  }
}
