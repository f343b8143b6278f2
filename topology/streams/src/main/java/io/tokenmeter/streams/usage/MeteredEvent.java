package io.tokenmeter.streams.usage;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.domain.rollup.Dimension.Attribute;
import io.tokenmeter.domain.rollup.Dimension.Field;
import io.tokenmeter.domain.usage.BillableUsage;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The usage event that a task is working on: the fields that metering needs, and the rest as the
 * bytes they came in.
 *
 * <p>One instance per task is filled anew for each event ({@link UsageEventDecoder}) and passed
 * from stage to stage; no stage may keep it. Strings are {@link Slice}s of the body and become
 * {@link Name}s when they are asked for.
 */
public final class MeteredEvent implements BillableUsage {
  /** The event's body, in the current schema of UsageEvent. */
  byte[] body = new byte[0];

  int bodyStart;
  int bodyEnd;

  long eventId;
  long runId;
  long stepId;
  long parentStepId;
  long stepName;
  long outcome;
  long attempt;
  long occurredAtMicros;
  CostRole costRole = CostRole.LEAF;
  boolean failed;
  boolean retry;
  long latencyMillis;
  long maxOutputTokens;
  int tagsStart;
  long longestTag;
  final UsageQuantities quantities = new UsageQuantities();
  private @Nullable PriceBook book;
  private @Nullable PricedBy price;
  private @Nullable CountedCost counted;
  private final Cost cost = new Cost();

  private final NameTable names;
  private final long[] slices = new long[Field.values().length]; // TAG's is never set
  private final @Nullable Name[] resolved = new Name[slices.length];
  private final AvroBodyReader tags = new AvroBodyReader();

  /** An event whose names are held in the given table. */
  public MeteredEvent(NameTable names) {
    this.names = names;
    Arrays.fill(slices, Slice.ABSENT);
  }

  void begin(byte[] bytes, int start, int end) {
    body = bytes;
    bodyStart = start;
    bodyEnd = end;
    Arrays.fill(resolved, null);
    book = null;
    price = null;
    counted = null;
  }

  /** Finds the event's price in a book. */
  public void priceWith(PriceBook prices) {
    book = prices;
    price = costRole == CostRole.ROLLUP ? null : prices.find(this).orElse(null);
  }

  /** Says what this event has counted for before, and finds its price in a book. */
  public void repriceWith(PriceBook prices, CountedCost before) {
    counted = before;
    priceWith(prices);
  }

  /** Calculates the cost at the price that was found; {@link #cost} has the result. */
  public void calculate(CostCalculator calculator) {
    if (price != null) {
      calculator.calculate(price, this, cost);
    } else {
      calculator.calculateWithoutRow(Objects.requireNonNull(book), this, cost);
    }
  }

  /** The cost that was calculated. */
  public Cost cost() {
    return cost;
  }

  /** What the event has counted for before; null for an event that is seen for the first time. */
  public @Nullable CountedCost counted() {
    return counted;
  }

  /** Whether the event was counted before, at another cost or without one. */
  public boolean isCorrection() {
    return counted != null;
  }

  /** Whether the event is priced again because somebody asked for it, not because it was held. */
  public boolean isRepriced() {
    return counted != null && counted.heldKey() == null;
  }

  /** Whether the event was served in the batch tier. */
  public boolean isBatch() {
    Name tier = name(Field.SERVICE_TIER);
    return tier != null && tier.text().equals("batch");
  }

  /** The table that holds the names. */
  public NameTable names() {
    return names;
  }

  void set(Field field, long slice) {
    slices[field.ordinal()] = slice;
  }

  /** The array that holds the body. */
  public byte[] body() {
    return body;
  }

  /** Where the body begins. */
  public int bodyStart() {
    return bodyStart;
  }

  /** Length of the body, bytes. */
  public int bodyLength() {
    return bodyEnd - bodyStart;
  }

  /** The event id's place in the body. */
  public long eventIdSlice() {
    return eventId;
  }

  /** The run id's place in the body; {@link Slice#ABSENT} for an event outside of runs. */
  public long runIdSlice() {
    return runId;
  }

  /** The step id's place in the body, or {@link Slice#ABSENT}. */
  public long stepIdSlice() {
    return stepId;
  }

  /** The place in the body of the id of the step that caused this one, or {@link Slice#ABSENT}. */
  public long parentStepIdSlice() {
    return parentStepId;
  }

  /** The place in the body of the outcome, or {@link Slice#ABSENT}. */
  public long outcomeSlice() {
    return outcome;
  }

  /** Name of the step; null where the event does not carry one. */
  public @Nullable Name stepName() {
    return names.optional(body, stepName);
  }

  /** Number of the attempt, from 1. */
  public long attempt() {
    return attempt;
  }

  /** A field's place in the body; {@link Slice#ABSENT} where the event does not carry it. */
  public long slice(Field field) {
    return slices[field.ordinal()];
  }

  /** The place of the longest value of a tag; {@link Slice#ABSENT} where there are no tags. */
  public long longestTag() {
    return longestTag;
  }

  /** The text at a place in the body. */
  public String text(long slice) {
    return new String(body, Slice.offset(slice), Slice.length(slice), StandardCharsets.UTF_8);
  }

  /** The event id's UTF-8 bytes. */
  public byte[] eventIdBytes() {
    int offset = Slice.offset(eventId);
    return Arrays.copyOfRange(body, offset, offset + Slice.length(eventId));
  }

  /** The event id. */
  public String eventId() {
    return text(eventId);
  }

  /** The name in a field; null where the event does not carry it. */
  public @Nullable Name name(Field field) {
    int index = field.ordinal();
    Name name = resolved[index];
    if (name == null && slices[index] != Slice.ABSENT) {
      name = names.of(body, slices[index]);
      resolved[index] = name;
    }
    return name;
  }

  /**
   * The name that a dimension's attribute has in this event; null where the event does not carry
   * it.
   */
  public @Nullable Name name(Attribute attribute) {
    String tag = attribute.tag();
    return tag == null ? name(attribute.field()) : tag(tag);
  }

  private @Nullable Name tag(String wanted) {
    tags.start(body, tagsStart, bodyEnd);
    if (!tags.readPresent()) {
      return null;
    }
    byte[] key = wanted.getBytes(StandardCharsets.UTF_8);
    for (int block = tags.readBlockCount(); block > 0; block = tags.readBlockCount()) {
      for (int i = 0; i < block; i++) {
        long tagKey = tags.readSlice();
        long value = tags.readSlice();
        int offset = Slice.offset(tagKey);
        if (Arrays.equals(body, offset, offset + Slice.length(tagKey), key, 0, key.length)) {
          return names.of(body, value);
        }
      }
    }
    return null;
  }

  /** Whether the request ended in an error or was aborted. */
  public boolean failed() {
    return failed;
  }

  /** Whether the request repeats an earlier attempt. */
  public boolean retry() {
    return retry;
  }

  /** Time from request to last byte, milliseconds; negative where the event does not say. */
  public long latencyMillis() {
    return latencyMillis;
  }

  /** Cap on the output, tokens; 0 where the event does not say. */
  public long maxOutputTokens() {
    return maxOutputTokens;
  }

  @Override
  public String provider() {
    return required(Field.PROVIDER);
  }

  @Override
  public String model() {
    return required(Field.MODEL);
  }

  @Override
  public @Nullable String serviceTier() {
    return text(Field.SERVICE_TIER);
  }

  @Override
  public @Nullable String region() {
    return text(Field.REGION);
  }

  @Override
  public @Nullable String project() {
    return text(Field.PROJECT);
  }

  @Override
  public @Nullable String team() {
    return text(Field.TEAM);
  }

  @Override
  public long occurredAtMicros() {
    return occurredAtMicros;
  }

  @Override
  public CostRole costRole() {
    return costRole;
  }

  @Override
  public UsageQuantities quantities() {
    return quantities;
  }

  private String required(Field field) {
    Name name = name(field);
    return name == null ? "" : name.text();
  }

  private @Nullable String text(Field field) {
    Name name = name(field);
    return name == null ? null : name.text();
  }
}
