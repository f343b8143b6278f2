package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One of the dearest steps of a run.
 *
 * @param eventId the event
 * @param stepId the step, where the event carries one
 * @param stepName name of the step
 * @param agent name of the agent
 * @param model model as served
 * @param occurredAtMicros when the request was made, microseconds since the epoch
 * @param latencyMillis milliseconds; negative where not reported
 * @param attempt number of the attempt, from 1
 * @param failed whether it ended in an error or was aborted
 * @param inputTokens input tokens
 * @param outputTokens output tokens
 * @param cost what it cost
 */
public record DearStep(
    String eventId,
    @Nullable String stepId,
    @Nullable String stepName,
    @Nullable String agent,
    String model,
    long occurredAtMicros,
    long latencyMillis,
    int attempt,
    boolean failed,
    long inputTokens,
    long outputTokens,
    Money cost) {

  /** Longest id, characters; longer ones are cut. */
  static final int ID_LENGTH = 128;

  /** The dearest first; of two that cost the same, the one whose event id sorts first. */
  static final Comparator<DearStep> ORDER =
      Comparator.comparing(DearStep::cost).reversed().thenComparing(DearStep::eventId);

  static DearStep of(RunStep step) {
    return new DearStep(
        ShortText.of(step.eventId(), ID_LENGTH),
        ShortText.ofNullable(step.stepId(), ID_LENGTH),
        ShortText.ofNullable(step.stepName(), Breakdown.NAME_LENGTH),
        ShortText.ofNullable(step.agent(), Breakdown.NAME_LENGTH),
        ShortText.of(step.model(), Breakdown.NAME_LENGTH),
        step.occurredAtMicros(),
        step.latencyMillis(),
        step.attempt(),
        step.failed(),
        step.inputTokens(),
        step.outputTokens(),
        Money.of(step.costHigh(), step.costLow()));
  }

  void encode(StateWriter out) {
    out.text(eventId).text(stepId).text(stepName).text(agent).text(model);
    out.number(occurredAtMicros).number(latencyMillis).number(attempt).flag(failed);
    out.number(inputTokens).number(outputTokens).number(cost.hi()).number(cost.lo());
  }

  static DearStep decode(StateReader in) {
    return new DearStep(
        in.requiredText(),
        in.text(),
        in.text(),
        in.text(),
        in.requiredText(),
        in.number(),
        in.number(),
        in.count(),
        in.flag(),
        in.number(),
        in.number(),
        Money.of(in.number(), in.number()));
  }
}
