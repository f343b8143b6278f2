package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a short run, one after the other as bytes.
 *
 * <p>Most runs are short, and most of what is known of a run is only asked for when it is written
 * out, once or twice in its life. Until then it is one array: cheap to add to, to store and to hold
 * by the ten thousand, where {@link RunDetails} are a hundred objects.
 */
final class StepLog {
  /** Steps, spans and corrections; a run of more than that has {@link RunDetails}. */
  static final int BOUND = 24;

  private static final int FAILED = 1;
  private static final int RETRY = 1 << 1;
  private static final int SPAN = 1 << 2;
  private static final int UNPRICED = 1 << 4;
  private static final int FALLBACK = 1 << 5;

  private final StateWriter steps;
  private int size;

  StepLog() {
    steps = new StateWriter();
  }

  private StepLog(int size, byte[] bytes) {
    this.size = size;
    steps = new StateWriter(bytes);
  }

  boolean isFull() {
    return size == BOUND;
  }

  void add(RunStep step) {
    size++;
    long stepKey = step.stepKey();
    steps
        .text(ShortText.of(step.eventId(), DearStep.ID_LENGTH))
        .text(ShortText.ofNullable(step.stepId(), DearStep.ID_LENGTH))
        .hash(stepKey == 0 ? step.eventKey() : stepKey)
        .hash(step.parentKey())
        .text(ShortText.ofNullable(step.stepName(), Breakdown.NAME_LENGTH))
        .text(ShortText.ofNullable(step.agent(), Breakdown.NAME_LENGTH))
        .text(ShortText.of(step.model(), Breakdown.NAME_LENGTH))
        .number(step.occurredAtMicros())
        .number(step.latencyMillis())
        .number(step.attempt())
        .number(flags(step))
        .number(step.inputTokens())
        .number(step.cacheReadTokens())
        .number(step.cacheWriteTokens())
        .number(step.outputTokens())
        .number(step.reasoningTokens())
        .number(step.costHigh())
        .number(step.costLow());
    CountedStep before = step.counted();
    if (before != null && CountedStep.hasCost(CountedStep.flags(before))) {
      steps.number(before.cost().hi()).number(before.cost().lo());
    }
  }

  /** What the steps are made of. */
  RunDetails details() {
    RunDetails details = new RunDetails();
    StateReader in = new StateReader(steps.toByteArray());
    Map<String, RunStep> latest = new LinkedHashMap<>();
    boolean corrected = false;
    for (int left = size; left > 0; left--) {
      RunStep step = LoggedStep.read(in);
      details.add(step);
      latest.put(step.eventId(), step);
      corrected |= step.correction();
    }
    if (corrected) {
      // One that became cheaper may have left its place to one that was let go by then.
      latest.values().forEach(details::reconsider);
    }
    return details;
  }

  void encode(StateWriter out) {
    out.number(size).bytes(steps);
  }

  static StepLog decode(StateReader in) {
    return new StepLog(in.count(), in.bytes());
  }

  private static int flags(RunStep step) {
    return (step.failed() ? FAILED : 0)
        | (step.retry() ? RETRY : 0)
        | (step.span() ? SPAN : 0)
        | (step.unpriced() ? UNPRICED : 0)
        | (step.fallback() ? FALLBACK : 0)
        | CountedStep.flags(step.counted());
  }

  /** A step as it was logged; without what concerns the run as a whole. */
  private record LoggedStep(
      String eventId,
      @Nullable String stepId,
      long stepKey,
      long parentKey,
      @Nullable String stepName,
      @Nullable String agent,
      String model,
      long occurredAtMicros,
      long latencyMillis,
      int attempt,
      int flags,
      long inputTokens,
      long cacheReadTokens,
      long cacheWriteTokens,
      long outputTokens,
      long reasoningTokens,
      long costHigh,
      long costLow,
      @Nullable CountedStep counted)
      implements RunStep {

    static LoggedStep read(StateReader in) {
      LoggedStep step = readStep(in);
      return CountedStep.hasCost(step.flags)
          ? step.countedAs(CountedStep.of(step.flags, Money.of(in.number(), in.number())))
          : step.countedAs(CountedStep.of(step.flags, Money.ZERO));
    }

    private static LoggedStep readStep(StateReader in) {
      return new LoggedStep(
          in.requiredText(),
          in.text(),
          in.hash(),
          in.hash(),
          in.text(),
          in.text(),
          in.requiredText(),
          in.number(),
          in.number(),
          in.count(),
          in.count(),
          in.number(),
          in.number(),
          in.number(),
          in.number(),
          in.number(),
          in.number(),
          in.number(),
          null);
    }

    private LoggedStep countedAs(@Nullable CountedStep before) {
      return before == null
          ? this
          : new LoggedStep(
              eventId,
              stepId,
              stepKey,
              parentKey,
              stepName,
              agent,
              model,
              occurredAtMicros,
              latencyMillis,
              attempt,
              flags,
              inputTokens,
              cacheReadTokens,
              cacheWriteTokens,
              outputTokens,
              reasoningTokens,
              costHigh,
              costLow,
              before);
    }

    @Override
    public long eventKey() {
      return stepKey;
    }

    @Override
    public @Nullable String workflow() {
      return null;
    }

    @Override
    public @Nullable String outcome() {
      return null;
    }

    @Override
    public boolean failed() {
      return (flags & FAILED) != 0;
    }

    @Override
    public boolean retry() {
      return (flags & RETRY) != 0;
    }

    @Override
    public boolean span() {
      return (flags & SPAN) != 0;
    }

    @Override
    public boolean unpriced() {
      return (flags & UNPRICED) != 0;
    }

    @Override
    public boolean fallback() {
      return (flags & FALLBACK) != 0;
    }
  }
}
