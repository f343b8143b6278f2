package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Plausible traffic: many interleaved runs, and with them what real producers do wrong: resent
 * events, late ones, a few that contradict themselves and now and then bytes that are no event.
 *
 * <p>The same seed gives the same traffic but for the times, which are those of the calls.
 */
final class TrafficGenerator {

  private static final int RUNS_AT_ONCE = 40;
  private static final int REMEMBERED = 500;
  private static final double DUPLICATES = 0.010;
  private static final double INVALID = 0.002;
  private static final double POISON = 0.0005;
  private static final double LATE = 0.01;
  private static final int MOST_LATE_MINUTES = 90;

  static {
    GeneratedClasses.trust();
  }

  private final Random random;
  private final List<Workflow> draw = new ArrayList<>();
  private final List<WorkflowRun> running = new ArrayList<>();
  private final List<UsageEvent> recent = new ArrayList<>();

  TrafficGenerator(long seed) {
    random = new Random(seed);
    for (Workflow workflow : Company.WORKFLOWS) {
      for (int i = 0; i < workflow.weight(); i++) {
        draw.add(workflow);
      }
    }
  }

  /** The next record, as it happens at this moment. */
  DemoRecord next(Instant now) {
    double kind = random.nextDouble();
    if (kind < DUPLICATES && !recent.isEmpty()) {
      return DemoRecord.of(recent.get(random.nextInt(recent.size())));
    }
    if (kind > 1 - POISON) {
      return new DemoRecord(Ids.next("evt", random), null);
    }
    UsageEvent event = nextOfARun(now);
    if (kind > 1 - POISON - INVALID) {
      // More read from the cache than was sent at all: rejected, never clamped.
      event.setCacheReadTokens(event.getInputTokens() + 1);
    } else {
      remember(event);
    }
    return DemoRecord.of(event);
  }

  private UsageEvent nextOfARun(Instant now) {
    if (running.size() < RUNS_AT_ONCE) {
      running.add(new WorkflowRun(draw.get(random.nextInt(draw.size())), random));
    }
    int index = random.nextInt(running.size());
    WorkflowRun run = running.get(index);
    UsageEvent event = run.next(happened(now));
    if (run.isOver()) {
      running.remove(index);
    }
    return event;
  }

  private Instant happened(Instant now) {
    return random.nextDouble() < LATE
        ? now.minus(Duration.ofSeconds(random.nextInt(MOST_LATE_MINUTES * 60)))
        : now;
  }

  private void remember(UsageEvent event) {
    if (recent.size() < REMEMBERED) {
      recent.add(event);
    } else {
      recent.set(random.nextInt(REMEMBERED), event);
    }
  }
}
