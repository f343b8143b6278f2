package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What real producers do wrong: they resend events, are late with some, contradict themselves in a
 * few, and now and then send bytes that are no event.
 */
final class Mishaps {
  private static final int REMEMBERED = 500;
  private static final double DUPLICATES = 0.02;
  private static final double INVALID = 0.006;
  private static final double POISON = 0.004;
  private static final double LATE = 0.02;
  private static final int MOST_LATE_MINUTES = 20;

  private final Random random;
  private final List<UsageEvent> recent = new ArrayList<>();
  private final PriorityQueue<DueEvent> late = new PriorityQueue<>(DueEvent.IN_TURN);

  Mishaps(Random random) {
    this.random = random;
  }

  /** What is really sent at a time, when these events should be. */
  List<DemoRecord> sent(List<UsageEvent> events, Instant now) {
    List<DemoRecord> records = new ArrayList<>();
    while (!late.isEmpty() && !late.peek().at().isAfter(now)) {
      records.add(DemoRecord.of(late.poll().event()));
    }
    events.forEach(event -> send(event, now, records));
    return records;
  }

  private void send(UsageEvent event, Instant now, List<DemoRecord> records) {
    double kind = random.nextDouble();
    if (kind < LATE) {
      Duration by = Duration.ofSeconds(random.nextInt(MOST_LATE_MINUTES * 60));
      late.add(new DueEvent(now.plus(by), event));
      return;
    }
    records.add(DemoRecord.of(event));
    remember(event);
    if (kind > 1 - DUPLICATES) {
      records.add(DemoRecord.of(recent.get(random.nextInt(recent.size()))));
    } else if (kind > 1 - DUPLICATES - INVALID) {
      records.add(DemoRecord.of(contradiction(event)));
    } else if (kind > 1 - DUPLICATES - INVALID - POISON) {
      records.add(new DemoRecord(Ids.next("evt", random), null));
    }
  }

  /** More read from the cache than was sent at all: rejected, never clamped. */
  private UsageEvent contradiction(UsageEvent event) {
    UsageEvent wrong = UsageEvent.newBuilder(event).setEventId(Ids.next("evt", random)).build();
    wrong.setCacheReadTokens(event.getInputTokens() + 1);
    return wrong;
  }

  private void remember(UsageEvent event) {
    if (recent.size() < REMEMBERED) {
      recent.add(event);
    } else {
      recent.set(random.nextInt(REMEMBERED), event);
    }
  }
}
