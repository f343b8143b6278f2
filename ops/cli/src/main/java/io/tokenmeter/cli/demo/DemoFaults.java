package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong in the demo, beside its traffic: one request that reads a whole archive, and an
 * agent that takes the same step again and again.
 */
final class DemoFaults {
  /** The workflow whose agent is lost. */
  static final String RUNAWAY_WORKFLOW = "code-review";

  private static final long ARCHIVE_TOKENS = 180_000;
  private static final int MOST_LOOPS = 120;

  private final Random random;
  private final Duration spikeAt;
  private final Duration loopFrom;
  private final Duration loopEvery;
  private final String lostRun;
  private boolean spiked;
  private int loops;

  /**
   * Faults of a demo.
   *
   * @param length how long it lasts; they begin in its first half
   */
  DemoFaults(long seed, Duration length) {
    // Not the traffic's own numbers, or its ids would be given out twice.
    random = new Random(~seed);
    lostRun = Ids.next("run", random);
    spikeAt = length.dividedBy(5);
    loopFrom = length.multipliedBy(2).dividedBy(5);
    loopEvery = length.dividedBy(4L * MOST_LOOPS);
  }

  /** The events that have become due since the last call. */
  List<UsageEvent> due(Duration elapsed, Instant now) {
    List<UsageEvent> due = new ArrayList<>();
    if (!spiked && elapsed.compareTo(spikeAt) >= 0) {
      spiked = true;
      due.add(archive(now));
    }
    while (loops < MOST_LOOPS
        && elapsed.compareTo(loopFrom.plus(loopEvery.multipliedBy(loops))) >= 0) {
      loops++;
      due.add(loop(now));
    }
    return due;
  }

  private UsageEvent archive(Instant now) {
    UsageEvent event =
        event(now, "anthropic", "claude-opus-4-6", "key-research", "research", "insights");
    event.setWorkflow("market-research");
    event.setRunId(Ids.next("run", random));
    event.setStepId(Ids.next("step", random));
    event.setStepName("read-archive");
    event.setInputTokens(ARCHIVE_TOKENS);
    event.setOutputTokens(2_000L);
    return event;
  }

  private UsageEvent loop(Instant now) {
    UsageEvent event =
        event(now, "openai", "gpt-4o-mini", "key-devtools-ci", "devtools", "platform");
    event.setWorkflow(RUNAWAY_WORKFLOW);
    event.setRunId(lostRun);
    event.setStepId(Ids.next("step", random));
    event.setStepName("read-diff");
    event.setAgent("reader");
    event.setInputTokens(3_000L);
    event.setOutputTokens(50L);
    return event;
  }

  private UsageEvent event(
      Instant now, String provider, String model, String apiKey, String project, String team) {
    UsageEvent event =
        UsageEvent.newBuilder()
            .setEventId(Ids.next("evt", random))
            .setOccurredAt(now.truncatedTo(ChronoUnit.MICROS))
            .setProvider(provider)
            .setModel(model)
            .build();
    event.setServiceTier("standard");
    event.setApiKeyId(apiKey);
    event.setProject(project);
    event.setTeam(team);
    event.setEnvironment("production");
    return event;
  }
}
