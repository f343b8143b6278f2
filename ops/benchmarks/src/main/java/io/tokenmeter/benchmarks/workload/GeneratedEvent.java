package io.tokenmeter.benchmarks.workload;

/** One event of the workload as plain numbers; reused, so that generating allocates nothing. */
public final class GeneratedEvent {
  /** Number of the event; of its first copy, for a resent one. */
  long number;

  /** Whether this is a resent copy. */
  boolean duplicate;

  long idHigh;
  long idLow;
  long occurredAtMicros;
  int model;
  int apiKey;
  int project;
  int team;

  /** -1 where the event has no customer. */
  int customer;

  int workflow;
  long run;

  /** Number of the step within its run, from 0. */
  int step;

  boolean failed;
  boolean retried;
  long latencyMillis;
  long timeToFirstTokenMillis;
  long inputTokens;
  long cacheReadTokens;
  long cacheWriteTokens;
  long outputTokens;
  long reasoningTokens;

  /** Exact cost, USD 1e-12. */
  public long costPicos() {
    return PriceSheet.MODELS
        .get(model)
        .costPicos(inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens);
  }

  /** Number of the model in {@link PriceSheet#MODELS}. */
  public int model() {
    return model;
  }

  /** Whether this is a resent copy of an earlier event. */
  public boolean isDuplicate() {
    return duplicate;
  }
}
