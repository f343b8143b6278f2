package io.tokenmeter.domain.run;

import org.jspecify.annotations.Nullable;

/**
 * One costed event of a run, as its run sees it: a billed request, a span that stands for its
 * children, or the correction of a request that was counted before, at another cost or none.
 *
 * <p>Keys are 64-bit hashes of ids, so that a run of many steps holds no ids; 0 is absent. Two of a
 * thousand steps share one once in 10^13 runs.
 */
public interface RunStep {
  /** Hash of the event id; not 0. */
  long eventKey();

  /** The event id. */
  String eventId();

  /** Hash of the step id; 0 where the event does not carry one. */
  long stepKey();

  /** The step id. */
  @Nullable String stepId();

  /** Hash of the id of the step that caused this one; 0 where there is none. */
  long parentKey();

  /** Name of the step, the same in every run. */
  @Nullable String stepName();

  /** Name of the agent. */
  @Nullable String agent();

  /** Model as served. */
  String model();

  /** Name of the workflow. */
  @Nullable String workflow();

  /** Outcome of the run or step as the application judges it. */
  @Nullable String outcome();

  /** When the request was made, microseconds since the epoch. */
  long occurredAtMicros();

  /** Time from request to last byte, milliseconds; negative where the event does not say. */
  long latencyMillis();

  /** Number of the attempt, counted from 1. */
  int attempt();

  /** Whether the request ended in an error or was aborted. */
  boolean failed();

  /** Whether the request repeats an earlier attempt. */
  boolean retry();

  /** Whether this is a span that stands for its children, and is not billed. */
  boolean span();

  /** What the request has counted for before; null for one that is new to its run. */
  @Nullable CountedStep counted();

  /** Whether the event was counted before: only its cost, and how it was priced, may be new. */
  default boolean correction() {
    return counted() != null;
  }

  /** Whether the request has no price so far. */
  boolean unpriced();

  /** Whether a unit was billed at another rate than its own. */
  boolean fallback();

  /** Input tokens, cache reads and writes included; 0 where not reported. */
  long inputTokens();

  /** Cache reads, tokens. */
  long cacheReadTokens();

  /** Cache writes, tokens. */
  long cacheWriteTokens();

  /** Output tokens, reasoning included. */
  long outputTokens();

  /** Reasoning tokens. */
  long reasoningTokens();

  /** Upper 64 bits of the cost in pico-dollars; 0 while unpriced, and for spans. */
  long costHigh();

  /** Lower 64 bits of the cost in pico-dollars. */
  long costLow();
}
