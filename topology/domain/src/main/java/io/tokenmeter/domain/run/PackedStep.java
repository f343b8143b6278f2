package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A step as a copy: in the log of a short run, among the dearest of a run, and on its way to the
 * task that has its run. Texts are cut to the lengths that a run keeps.
 *
 * <p>One layout for all: bits that say what is true of the step and what follows of it, then that,
 * in the order of the components.
 */
public record PackedStep(
    long eventKey,
    long stepKey,
    long parentKey,
    String eventId,
    @Nullable String stepId,
    @Nullable String stepName,
    @Nullable String agent,
    String model,
    @Nullable String workflow,
    @Nullable String outcome,
    @Nullable CountedStep counted,
    boolean failed,
    boolean retry,
    boolean span,
    boolean unpriced,
    boolean fallback,
    long occurredAtMicros,
    long latencyMillis,
    int attempt,
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
  private static final int PARENT_KEY = 1 << 10;
  private static final int OF_THE_RUN = 1 << 11;

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
            step.stepKey(),
            step.parentKey(),
            step.eventId(),
            step.stepId(),
            step.stepName(),
            step.agent(),
            step.model(),
            step.workflow(),
            step.outcome(),
            step.counted(),
            step.failed(),
            step.retry(),
            step.span(),
            step.unpriced(),
            step.fallback(),
            step.occurredAtMicros(),
            step.latencyMillis(),
            step.attempt(),
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
    write(out, step, OF_THE_RUN);
    return out.toByteArray();
  }

  /** Reads what {@link #pack} made. */
  public static PackedStep unpack(byte[] bytes) {
    return read(new StateReader(bytes));
  }

  /**
   * Writes a step without what only its run as a whole has from it. The event's key is there if it
   * has to stand in for that of the step.
   */
  static void writeWithinRun(StateWriter out, RunStep step) {
    write(out, step, 0);
  }

  /** Asks the step for each part once: its strings and keys are made when they are asked for. */
  private static void write(StateWriter out, RunStep step, int ofTheRun) {
    long stepKey = step.stepKey();
    long parentKey = step.parentKey();
    CountedStep before = step.counted();
    int flags =
        flags(step)
            | CountedStep.flags(before)
            | ofTheRun
            | (ofTheRun != 0 || stepKey == 0 ? EVENT_KEY : 0)
            | (stepKey == 0 ? 0 : STEP_KEY)
            | (parentKey == 0 ? 0 : PARENT_KEY);
    out.number(flags);
    if ((flags & EVENT_KEY) != 0) {
      out.hash(step.eventKey());
    }
    if (stepKey != 0) {
      out.hash(stepKey);
    }
    if (parentKey != 0) {
      out.hash(parentKey);
    }
    writeTexts(out, step);
    if (ofTheRun != 0) {
      out.text(ShortText.ofNullable(step.workflow(), NAME_LENGTH));
      out.text(ShortText.ofNullable(step.outcome(), NAME_LENGTH));
    }
    if (before != null && CountedStep.hasCost(flags)) {
      out.number(before.cost().hi()).number(before.cost().lo());
    }
    writeNumbers(out, step);
  }

  private static int flags(RunStep step) {
    return (step.failed() ? FAILED : 0)
        | (step.retry() ? RETRY : 0)
        | (step.span() ? SPAN : 0)
        | (step.unpriced() ? UNPRICED : 0)
        | (step.fallback() ? FALLBACK : 0);
  }

  private static void writeTexts(StateWriter out, RunStep step) {
    out.text(ShortText.of(step.eventId(), ID_LENGTH))
        .text(ShortText.ofNullable(step.stepId(), ID_LENGTH))
        .text(ShortText.ofNullable(step.stepName(), NAME_LENGTH))
        .text(ShortText.ofNullable(step.agent(), NAME_LENGTH))
        .text(ShortText.of(step.model(), NAME_LENGTH));
  }

  private static void writeNumbers(StateWriter out, RunStep step) {
    out.number(step.occurredAtMicros())
        .number(step.latencyMillis())
        .number(step.attempt())
        .number(step.inputTokens())
        .number(step.cacheReadTokens())
        .number(step.cacheWriteTokens())
        .number(step.outputTokens())
        .number(step.reasoningTokens())
        .number(step.costHigh())
        .number(step.costLow());
  }

  static PackedStep read(StateReader in) {
    int flags = in.count();
    boolean ofTheRun = (flags & OF_THE_RUN) != 0;
    return new PackedStep(
        readKey(in, flags & EVENT_KEY),
        readKey(in, flags & STEP_KEY),
        readKey(in, flags & PARENT_KEY),
        in.requiredText(),
        in.text(),
        in.text(),
        in.text(),
        in.requiredText(),
        ofTheRun ? in.text() : null,
        ofTheRun ? in.text() : null,
        readCounted(in, flags),
        (flags & FAILED) != 0,
        (flags & RETRY) != 0,
        (flags & SPAN) != 0,
        (flags & UNPRICED) != 0,
        (flags & FALLBACK) != 0,
        in.number(),
        in.number(),
        in.count(),
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

  private static @Nullable CountedStep readCounted(StateReader in, int flags) {
    return CountedStep.of(
        flags, CountedStep.hasCost(flags) ? Money.of(in.number(), in.number()) : Money.ZERO);
  }
}
