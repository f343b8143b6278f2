package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A step as a copy: in the log of a short run, among the dearest of a run, and on its way to the
 * task that has its run. Texts are cut to the lengths that a run keeps.
 *
 * <p>One layout for all: bits that say what is true of the step and which parts follow, then these
 * parts, in the order of the components.
 */
public record PackedStep(
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

  /** Longest id, characters; longer ones are cut. */
  static final int ID_LENGTH = 128;

  /** Longest name, characters; longer ones are cut, and are one where they begin alike. */
  static final int NAME_LENGTH = 64;

  // Bits 3, 6 and 7 are those of CountedStep.
  private static final int FAILED = 1;
  private static final int RETRY = 1 << 1;
  private static final int SPAN = 1 << 2;
  private static final int UNPRICED = 1 << 4;
  private static final int FALLBACK = 1 << 5;
  private static final int EVENT_KEY = 1 << 8;
  private static final int STEP_KEY = 1 << 9;
  private static final int STEP_ID = 1 << 10;
  private static final int PARENT = 1 << 11;
  private static final int STEP_NAME = 1 << 12;
  private static final int AGENT = 1 << 13;
  private static final int WORKFLOW = 1 << 14;
  private static final int OUTCOME = 1 << 15;

  /** What only concerns the run as a whole; an event's key also stands in for that of a step. */
  private static final int OF_THE_RUN = EVENT_KEY | WORKFLOW | OUTCOME;

  /** Cuts what is too long. */
  public PackedStep {
    eventId = ShortText.of(eventId, ID_LENGTH);
    stepId = ShortText.ofNullable(stepId, ID_LENGTH);
    stepName = ShortText.ofNullable(stepName, NAME_LENGTH);
    agent = ShortText.ofNullable(agent, NAME_LENGTH);
    model = ShortText.of(model, NAME_LENGTH);
    workflow = ShortText.ofNullable(workflow, NAME_LENGTH);
    outcome = ShortText.ofNullable(outcome, NAME_LENGTH);
  }

  /** A copy of a step that does not change with the next one. */
  static PackedStep of(RunStep step) {
    return step instanceof PackedStep packed
        ? packed
        : new PackedStep(
            step.eventKey(),
            step.eventId(),
            step.stepKey(),
            step.stepId(),
            step.parentKey(),
            step.stepName(),
            step.agent(),
            step.model(),
            step.workflow(),
            step.outcome(),
            step.occurredAtMicros(),
            step.latencyMillis(),
            step.attempt(),
            step.failed(),
            step.retry(),
            step.span(),
            step.counted(),
            step.unpriced(),
            step.fallback(),
            step.inputTokens(),
            step.cacheReadTokens(),
            step.cacheWriteTokens(),
            step.outputTokens(),
            step.reasoningTokens(),
            step.costHigh(),
            step.costLow());
  }

  /** A step as bytes. */
  public static byte[] pack(RunStep step, StateWriter out) {
    out.reset();
    write(out, step, flags(step));
    return out.toByteArray();
  }

  /** Reads what {@link #pack} made. */
  public static PackedStep unpack(byte[] bytes) {
    return read(new StateReader(bytes));
  }

  /** Writes a step without what its run as a whole has from it. */
  static void writeWithinRun(StateWriter out, RunStep step) {
    int flags = flags(step) & ~OF_THE_RUN;
    write(out, step, (flags & STEP_KEY) == 0 ? flags | EVENT_KEY : flags);
  }

  private static int flags(RunStep step) {
    return EVENT_KEY
        | (step.failed() ? FAILED : 0)
        | (step.retry() ? RETRY : 0)
        | (step.span() ? SPAN : 0)
        | (step.unpriced() ? UNPRICED : 0)
        | (step.fallback() ? FALLBACK : 0)
        | CountedStep.flags(step.counted())
        | (step.stepKey() == 0 ? 0 : STEP_KEY)
        | (step.stepId() == null ? 0 : STEP_ID)
        | (step.parentKey() == 0 ? 0 : PARENT)
        | (step.stepName() == null ? 0 : STEP_NAME)
        | (step.agent() == null ? 0 : AGENT)
        | (step.workflow() == null ? 0 : WORKFLOW)
        | (step.outcome() == null ? 0 : OUTCOME);
  }

  private static void write(StateWriter out, RunStep step, int flags) {
    out.number(flags);
    writeKey(out, flags & EVENT_KEY, step.eventKey());
    out.text(ShortText.of(step.eventId(), ID_LENGTH));
    writeKey(out, flags & STEP_KEY, step.stepKey());
    writeText(out, flags & STEP_ID, step.stepId(), ID_LENGTH);
    writeKey(out, flags & PARENT, step.parentKey());
    writeText(out, flags & STEP_NAME, step.stepName(), NAME_LENGTH);
    writeText(out, flags & AGENT, step.agent(), NAME_LENGTH);
    out.text(ShortText.of(step.model(), NAME_LENGTH));
    writeText(out, flags & WORKFLOW, step.workflow(), NAME_LENGTH);
    writeText(out, flags & OUTCOME, step.outcome(), NAME_LENGTH);
    out.number(step.occurredAtMicros()).number(step.latencyMillis()).number(step.attempt());
    CountedStep before = step.counted();
    if (before != null && CountedStep.hasCost(flags)) {
      out.number(before.cost().hi()).number(before.cost().lo());
    }
    out.number(step.inputTokens())
        .number(step.cacheReadTokens())
        .number(step.cacheWriteTokens())
        .number(step.outputTokens())
        .number(step.reasoningTokens())
        .number(step.costHigh())
        .number(step.costLow());
  }

  private static void writeKey(StateWriter out, int present, long key) {
    if (present != 0) {
      out.hash(key);
    }
  }

  private static void writeText(StateWriter out, int present, @Nullable String text, int length) {
    if (present != 0) {
      out.text(ShortText.ofNullable(text, length));
    }
  }

  static PackedStep read(StateReader in) {
    int flags = in.count();
    return new PackedStep(
        readKey(in, flags & EVENT_KEY),
        in.requiredText(),
        readKey(in, flags & STEP_KEY),
        readText(in, flags & STEP_ID),
        readKey(in, flags & PARENT),
        readText(in, flags & STEP_NAME),
        readText(in, flags & AGENT),
        in.requiredText(),
        readText(in, flags & WORKFLOW),
        readText(in, flags & OUTCOME),
        in.number(),
        in.number(),
        in.count(),
        (flags & FAILED) != 0,
        (flags & RETRY) != 0,
        (flags & SPAN) != 0,
        readCounted(in, flags),
        (flags & UNPRICED) != 0,
        (flags & FALLBACK) != 0,
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number());
  }

  private static long readKey(StateReader in, int present) {
    return present == 0 ? 0 : in.hash();
  }

  private static @Nullable String readText(StateReader in, int present) {
    return present == 0 ? null : in.text();
  }

  private static @Nullable CountedStep readCounted(StateReader in, int flags) {
    return CountedStep.of(
        flags, CountedStep.hasCost(flags) ? Money.of(in.number(), in.number()) : Money.ZERO);
  }
}
