package io.tokenmeter.streams.faults;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.cluster.UsageProducer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;

/**
 * Seeded traffic around the end of a month: five in a hundred records come again, two are poison,
 * and three are hours or days late. The same seed gives the same records.
 */
final class Workload {
  /** The main hour's beginning; it runs across the end of a minute, an hour, a day and a month. */
  static final Instant START = Instant.parse("2025-05-31T23:30:00Z");

  private static final String[][] MODELS = {
    {"openai", "gpt-4o"},
    {"openai", "gpt-4o"},
    {"openai", "gpt-4o"},
    {"openai", "gpt-4o-mini"},
    {"anthropic", "claude-sonnet-4-6"},
    {"anthropic", "claude-haiku-4-5-20251001"},
    {"google", "gemini-2.5-pro"},
    {"tiny", "embed-1"},
    {"lab", "nova-1"},
    {"lab", "nova-1-mini"},
    {"lab", "never-priced"},
  };
  private static final int LATE_MINUTES = 25;

  private final Random random;
  private final UsageProducer encoder;
  private final String name;
  private final long[] lateSeconds = new long[LATE_MINUTES];
  private final Deque<Message> pending = new ArrayDeque<>();
  private final Message[] recent = new Message[4096];
  private final UsageEvent[] recentEvents = new UsageEvent[recent.length];
  private int events;

  /**
   * Traffic with the given seed.
   *
   * @param name begins every event id, so that two workloads have no event in common
   */
  Workload(String name, long seed, UsageProducer encoder) {
    this.name = name;
    this.encoder = encoder;
    random = new Random(seed);
    for (int i = 0; i < LATE_MINUTES; i++) {
      int hours = i < LATE_MINUTES / 2 ? 30 : 25 * 24;
      lateSeconds[i] = 60L * random.nextInt(hours * 60);
    }
  }

  /** The next record. */
  Message next() {
    Message message = pending.poll();
    if (message != null) {
      return message;
    }
    int dice = random.nextInt(100);
    if (dice < 5 && events > 0) {
      return again();
    }
    UsageEvent event = event();
    if (dice < 7) {
      return poison(event);
    }
    return remember(event);
  }

  /** The next event, without what goes wrong between events. */
  UsageEvent nextEvent() {
    UsageEvent event = event();
    remember(event);
    return event;
  }

  private Message again() {
    int which = random.nextInt(Math.min(events, recent.length));
    if (random.nextInt(10) > 0) {
      return recent[which];
    }
    // A resent event may differ from its first copy, which counts.
    UsageEvent altered =
        UsageEvent.newBuilder(recentEvents[which]).setOutputTokens(123_456L).build();
    return new Message(recent[which].key(), encoder.encode(altered));
  }

  private Message poison(UsageEvent event) {
    Message message = message(event, Poison.any(random).make(event, encoder, random));
    if (random.nextBoolean()) {
      // Corrected by its sender: the id was rejected before, and counts now.
      pending.add(remember(event));
    }
    return message;
  }

  private Message remember(UsageEvent event) {
    Message message = message(event, encoder.encode(event));
    int slot = events++ % recent.length;
    recent[slot] = message;
    recentEvents[slot] = event;
    return message;
  }

  private static Message message(UsageEvent event, byte[] value) {
    return new Message(event.getRunId() == null ? event.getEventId() : event.getRunId(), value);
  }

  private UsageEvent event() {
    String[] model = MODELS[random.nextInt(MODELS.length)];
    UsageEvent.Builder event =
        UsageEvent.newBuilder()
            .setEventId(name + "-" + events + "-" + Long.toHexString(random.nextLong()))
            .setOccurredAt(time())
            .setProvider(model[0])
            .setModel(model[1]);
    attribute(event);
    request(event);
    if (random.nextInt(200) > 0) {
      tokens(event, model[1]);
    }
    return event.build();
  }

  private Instant time() {
    int jitter = random.nextInt(4 * 60) - 2 * 60;
    // An hour of event time for 200,000 events.
    Instant onTime = START.plusMillis(events * 18L).plusSeconds(jitter);
    Instant time =
        random.nextInt(100) < 3
            ? onTime.minusSeconds(lateSeconds[random.nextInt(LATE_MINUTES)])
            : onTime;
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private void attribute(UsageEvent.Builder event) {
    // Squared, so that some keys are busier than others.
    double skew = random.nextDouble();
    event.setApiKeyId("key-" + (int) (skew * skew * 20));
    event.setTeam(random.nextInt(10) == 0 ? null : "team-" + random.nextInt(4));
    event.setProject(random.nextInt(12) == 0 ? "research" : "project-" + random.nextInt(7));
    event.setCustomerId(random.nextInt(3) == 0 ? "Ünïted/" + random.nextInt(12) : null);
    if (random.nextInt(10) < 7) {
      event.setWorkflow("workflow " + random.nextInt(8));
      event.setRunId(name + "-run-" + events / 8);
      int step = events % 8;
      event.setStepId("step-" + step);
      event.setStepName("name-" + random.nextInt(4));
      event.setAgent(random.nextBoolean() ? "agent-" + random.nextInt(2) : null);
      event.setParentStepId(
          step > 0 && random.nextInt(3) > 0 ? "step-" + random.nextInt(step) : null);
    }
    if (random.nextInt(20) == 0) {
      event.setTags(Map.of("env", "staging"));
    }
  }

  private void request(UsageEvent.Builder event) {
    int dice = random.nextInt(100);
    if (dice < 4) {
      event
          .setStatus(dice < 3 ? RequestStatus.ERROR : RequestStatus.ABORTED)
          .setErrorType("timeout");
    } else if (dice < 8) {
      event.setAttempt(2).setRetryOf("some-other-event");
    } else if (dice < 10) {
      event.setCostRole(CostRole.ROLLUP);
    } else if (dice < 20) {
      event.setServiceTier("batch");
    } else if (dice < 23) {
      event.setServiceTier("flex");
    } else if (dice < 40) {
      event.setServiceTier("standard");
    }
    if (random.nextInt(10) > 0) {
      event.setLatencyMs((long) Math.exp(4 + 1.5 * random.nextGaussian()));
    }
  }

  private void tokens(UsageEvent.Builder event, String model) {
    long read = random.nextInt(4) == 0 ? random.nextInt(3000) : 0;
    long plain = 1 + random.nextInt(2000);
    if (random.nextInt(4) == 0) {
      event.setCacheReadTokens(read);
    } else {
      read = 0;
    }
    long written = 0;
    switch (model) {
      case "claude-sonnet-4-6" -> {
        written = random.nextInt(500);
        event.setCacheWriteTokens(written).setCacheWrite1hTokens(written / 3);
        extra(event, "web_searches", random.nextInt(3));
      }
      case "gemini-2.5-pro" -> {
        plain += random.nextInt(10) == 0 ? 200_000 : 0;
        event.setReasoningTokens((long) random.nextInt(50));
      }
      case "gpt-4o-mini" -> {
        if (event.getCacheReadTokens() == null) {
          long audio = random.nextInt(100);
          extra(event, "input_audio_tokens", audio);
          plain += audio;
        }
      }
      case "embed-1" -> extra(event, "audio_seconds", random.nextInt(1000) / 64.0);
      default -> {}
    }
    event.setInputTokens(plain + read + written);
    event.setOutputTokens(50L + random.nextInt(1000));
  }

  private static void extra(UsageEvent.Builder event, String unit, double quantity) {
    event.setExtraUnits(Map.of(unit, BigDecimal.valueOf(quantity).setScale(6)));
  }
}
