package io.tokenmeter.streams.run;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.run.CountedStep;
import io.tokenmeter.domain.run.RunStep;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.avro.Slice;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A step as it travels to the task that has its run, where producers do not send the events of a
 * run to one partition. A fixed layout, as in all internal topics.
 */
record PackedStep(
    long eventKey,
    String eventId,
    long stepKey,
    @Nullable String stepId,
    long parentKey,
    @Nullable String stepName,
    @Nullable String agent,
    String model,
    @Nullable String workflow,
    @Nullable String outcome,
    long occurredAtMicros,
    long latencyMillis,
    int attempt,
    boolean failed,
    boolean retry,
    boolean span,
    @Nullable CountedStep counted,
    boolean unpriced,
    boolean fallback,
    long inputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    long outputTokens,
    long reasoningTokens,
    long costHigh,
    long costLow)
    implements RunStep {
  private static final int FAILED = 1;
  private static final int RETRY = 1 << 1;
  private static final int SPAN = 1 << 2;
  private static final int UNPRICED = 1 << 4;
  private static final int FALLBACK = 1 << 5;

  /** Writes a step. */
  static byte[] pack(RunStep step, AvroBodyWriter out) {
    out.reset()
        .writeLong(step.eventKey())
        .writeString(step.eventId())
        .writeLong(step.stepKey())
        .writeOptionalString(step.stepId())
        .writeLong(step.parentKey())
        .writeOptionalString(step.stepName())
        .writeOptionalString(step.agent())
        .writeString(step.model())
        .writeOptionalString(step.workflow())
        .writeOptionalString(step.outcome())
        .writeLong(step.occurredAtMicros())
        .writeLong(step.latencyMillis())
        .writeLong(step.attempt())
        .writeLong(flags(step))
        .writeLong(step.inputTokens())
        .writeLong(step.cacheReadTokens())
        .writeLong(step.cacheWriteTokens())
        .writeLong(step.outputTokens())
        .writeLong(step.reasoningTokens())
        .writeLong(step.costHigh())
        .writeLong(step.costLow());
    CountedStep before = step.counted();
    if (before != null && !before.unpriced()) {
      out.writeLong(before.cost().hi()).writeLong(before.cost().lo());
    }
    return out.toByteArray();
  }

  private static int flags(RunStep step) {
    return (step.failed() ? FAILED : 0)
        | (step.retry() ? RETRY : 0)
        | (step.span() ? SPAN : 0)
        | (step.unpriced() ? UNPRICED : 0)
        | (step.fallback() ? FALLBACK : 0)
        | CountedStep.flags(step.counted());
  }

  /** Reads what {@link #pack} wrote. */
  static PackedStep unpack(byte[] bytes) {
    Reader in = new Reader(bytes);
    long eventKey = in.number();
    String eventId = in.text();
    long stepKey = in.number();
    String stepId = in.optionalText();
    long parentKey = in.number();
    String stepName = in.optionalText();
    String agent = in.optionalText();
    String model = in.text();
    String workflow = in.optionalText();
    String outcome = in.optionalText();
    long occurredAtMicros = in.number();
    long latencyMillis = in.number();
    int attempt = (int) in.number();
    int flags = (int) in.number();
    long inputTokens = in.number();
    long cacheReadTokens = in.number();
    long cacheWriteTokens = in.number();
    long outputTokens = in.number();
    long reasoningTokens = in.number();
    long costHigh = in.number();
    long costLow = in.number();
    return new PackedStep(
        eventKey,
        eventId,
        stepKey,
        stepId,
        parentKey,
        stepName,
        agent,
        model,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        (flags & FAILED) != 0,
        (flags & RETRY) != 0,
        (flags & SPAN) != 0,
        counted(flags, in),
        (flags & UNPRICED) != 0,
        (flags & FALLBACK) != 0,
        inputTokens,
        cacheReadTokens,
        cacheWriteTokens,
        outputTokens,
        reasoningTokens,
        costHigh,
        costLow);
  }

  private static @Nullable CountedStep counted(int flags, Reader in) {
    boolean hasCost = CountedStep.hasCost(flags);
    return CountedStep.of(flags, hasCost ? Money.of(in.number(), in.number()) : Money.ZERO);
  }

  private static final class Reader {
    private final byte[] bytes;
    private final AvroBodyReader in = new AvroBodyReader();

    Reader(byte[] bytes) {
      this.bytes = bytes;
      in.start(bytes, 0, bytes.length);
    }

    long number() {
      return in.readLong();
    }

    String text() {
      return text(in.readSlice());
    }

    @Nullable String optionalText() {
      long slice = in.readOptionalSlice();
      return slice == Slice.ABSENT ? null : text(slice);
    }

    private String text(long slice) {
      return new String(bytes, Slice.offset(slice), Slice.length(slice), StandardCharsets.UTF_8);
    }
  }
}
