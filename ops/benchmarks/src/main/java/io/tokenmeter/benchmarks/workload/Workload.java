package io.tokenmeter.benchmarks.workload;

import java.time.Instant;

/**
 * A seeded stream of usage events; event i is a pure function of the seed and i.
 *
 * <p>Events follow each other at 5,000 a second of event time. A thousand runs of eight steps are
 * under way at any time, and a run keeps its workflow, API key, project, team and customer; the
 * model is chosen per step.
 */
public final class Workload {
  /** Event time of the first event. */
  public static final Instant START = Instant.parse("2025-06-02T09:30:00Z");

  static final int EVENTS_PER_SECOND = 5_000;
  static final int STEPS_PER_RUN = 8;
  static final int RUNS_AT_ONCE = 1_000;
  static final int API_KEYS = 500;
  static final int MANY_API_KEYS = 1_000_000;
  static final int WORKFLOWS = 40;
  static final int PROJECTS = 20;
  static final int TEAMS = 8;
  static final int CUSTOMERS = 300;

  private static final int LONG_RUN = 100_000;
  private static final int SHORT_RUN = 10;
  private static final int GROUP = STEPS_PER_RUN * RUNS_AT_ONCE;
  private static final long START_MICROS = START.getEpochSecond() * 1_000_000;
  private static final int[] MODEL_OF =
      Quantiles.ofWeights(PriceSheet.MODELS.stream().mapToDouble(ModelPrice::share).toArray());
  private static final int[] API_KEY_OF = Quantiles.zipf(API_KEYS);
  private static final int[] WORKFLOW_OF = Quantiles.zipf(WORKFLOWS);
  private static final int[] CUSTOMER_OF = Quantiles.zipf(CUSTOMERS);
  private static final int[] INPUT_TOKENS = Quantiles.logNormal(1_200, 1.1);
  private static final int[] OUTPUT_TOKENS = Quantiles.logNormal(220, 1.0);
  private static final int[] LATENCY = Quantiles.logNormal(1_800, 0.7);

  private final long seed;
  private final long events;
  private final Variant variant;

  /**
   * A stream of {@code events} events.
   *
   * @param seed the same seed gives the same events
   */
  public Workload(long seed, long events, Variant variant) {
    this.seed = seed;
    this.events = events;
    this.variant = variant;
  }

  /** How many events there are, resent copies included. */
  public long events() {
    return events;
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  /** What is special about the traffic. */
  public Variant variant() {
    return variant;
  }

  /** Fills in event {@code index}, counted from 0. */
  public void read(long index, GeneratedEvent event) {
    long original = originalOf(index);
    event.duplicate = original != index;
    event.number = original;
    fillIdentity(original, event);
    fillRun(original, event);
    fillUsage(original, event);
  }

  /**
   * The event that {@code index} repeats, or {@code index} itself. Copies stay in the group of
   * their first copy.
   */
  private long originalOf(long index) {
    if (variant != Variant.DUPLICATES || index % 10 != 9) {
      return index;
    }
    long group = index / GROUP * GROUP;
    long back = 1 + Long.remainderUnsigned(Mix.at(seed ^ 0xD0B1L, index), index - group);
    long original = index - back;
    return original % 10 == 9 ? original - 1 : original;
  }

  private void fillIdentity(long number, GeneratedEvent event) {
    event.idHigh = Mix.at(seed ^ 0x1D01L, number);
    event.idLow = Mix.at(seed ^ 0x1D02L, number);
    event.occurredAtMicros = START_MICROS + number * (1_000_000 / EVENTS_PER_SECOND);
  }

  private void fillRun(long number, GeneratedEvent event) {
    long withinGroup = number % GROUP;
    event.step = (int) (withinGroup / RUNS_AT_ONCE);
    long runNumber = number / GROUP * RUNS_AT_ONCE + withinGroup % RUNS_AT_ONCE;
    if (variant == Variant.LONGRUNS || variant == Variant.SHORTRUNS) {
      int steps = variant == Variant.LONGRUNS ? LONG_RUN : SHORT_RUN;
      event.step = (int) (number % steps);
      runNumber = number / steps;
    }
    event.run = Mix.at(seed ^ 0x5EEDL, runNumber);
    // All but the run id is the same in long and short runs.
    long choice = Mix.at(variant == Variant.SHORTRUNS ? longRun(number) : event.run, 0);
    event.workflow = WORKFLOW_OF[Mix.chunk(choice, 0)];
    event.apiKey = API_KEY_OF[Mix.chunk(choice, 1)];
    if (variant == Variant.HOT) {
      event.apiKey = 0;
    } else if (variant == Variant.KEYS) {
      event.apiKey = (int) (number * 7_919 % MANY_API_KEYS);
    }
    event.project = event.apiKey % PROJECTS;
    event.team = event.project % TEAMS;
    event.customer = Mix.chunk(choice, 3) % 4 == 0 ? -1 : CUSTOMER_OF[Mix.chunk(choice, 2)];
  }

  private long longRun(long number) {
    return Mix.at(seed ^ 0x5EEDL, number / LONG_RUN);
  }

  private void fillUsage(long number, GeneratedEvent event) {
    long choice = Mix.at(seed ^ 0xC401CEL, number);
    long amounts = Mix.at(seed ^ 0xA3075L, number);
    event.model = variant == Variant.HOT ? 0 : MODEL_OF[Mix.chunk(choice, 0)];
    ModelPrice model = PriceSheet.MODELS.get(event.model);

    event.failed = Mix.chunk(choice, 1) % 100 < 2;
    event.retried = event.step > 0 && Mix.chunk(choice, 1) % 100 == 99;
    event.latencyMillis = LATENCY[Mix.chunk(amounts, 2)];
    event.timeToFirstTokenMillis = 1 + event.latencyMillis / 6;

    event.inputTokens = INPUT_TOKENS[Mix.chunk(amounts, 0)];
    int cache = Mix.chunk(choice, 2);
    event.cacheReadTokens = cache % 10 < 4 ? event.inputTokens * (cache % 90) / 100 : 0;
    event.cacheWriteTokens =
        model.billsCacheWrites() && cache % 10 == 5 ? event.inputTokens * (cache % 50) / 100 : 0;
    event.outputTokens = event.failed ? 0 : OUTPUT_TOKENS[Mix.chunk(amounts, 1)];
    event.reasoningTokens =
        model.reasoning() ? event.outputTokens * (Mix.chunk(choice, 3) % 70) / 100 : 0;
  }
}
