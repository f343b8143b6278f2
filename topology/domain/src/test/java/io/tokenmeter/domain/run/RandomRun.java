package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A random run: a tree of steps with spans, retries, errors, unpriced steps and steps without ids
 * or with parents that were never reported. The same seed gives the same run.
 */
final class RandomRun {
  private final Random random;
  private final List<TestStep> events = new ArrayList<>();

  RandomRun(long seed, int steps) {
    random = new Random(seed);
    for (int i = 0; i < steps; i++) {
      TestStep step = step("s" + i, i);
      events.add(step);
      for (int attempt = 2; attempt < 4 && random.nextInt(8) == 0; attempt++) {
        events.add(retry(step, attempt));
      }
    }
  }

  private TestStep step(String id, int index) {
    boolean span = random.nextInt(6) == 0;
    return new TestStep(
        "event-" + id,
        random.nextInt(20) == 0 ? null : id,
        parent(index),
        pick("plan", "search", "read", null, "größe " + random.nextInt(4)),
        pick("boss", null, "worker"),
        pick("gpt-4o", "gpt-4o-mini", "claude"),
        random.nextInt(5) == 0 ? null : pick("research", "review"),
        random.nextInt(5) == 0 ? pick("resolved", "escalated") : null,
        TestStep.NOON + 1000L * random.nextInt(60_000) + random.nextInt(3) * 250_001L,
        random.nextInt(10) == 0 ? -1 : random.nextInt(2000),
        1,
        random.nextInt(10) == 0,
        false,
        span,
        null,
        false,
        random.nextInt(3) * 1000L,
        random.nextInt(500),
        span ? Money.ZERO : Money.of(random.nextInt(50) == 0 ? 3 : 0, random.nextLong() >>> 24));
  }

  private String parent(int index) {
    int dice = random.nextInt(10);
    if (dice == 0 || index == 0) {
      return null;
    }
    return dice == 1 ? "unreported-" + random.nextInt(3) : "s" + random.nextInt(index);
  }

  private TestStep retry(TestStep of, int attempt) {
    // A step without an id stays without one: all such retries would be one step of many parents.
    boolean sameId = random.nextBoolean() || of.stepId() == null;
    return new TestStep(
        of.eventId() + "-" + attempt,
        sameId ? of.stepId() : of.stepId() + "-" + attempt,
        of.parentId(),
        of.stepName(),
        of.agent(),
        of.model(),
        of.workflow(),
        null,
        of.occurredAtMicros() + 2_000_000L * attempt,
        random.nextInt(2000),
        attempt,
        false,
        true,
        of.span(),
        null,
        false,
        of.inputTokens(),
        random.nextInt(500),
        of.span() ? Money.ZERO : Money.ofPicos(random.nextInt(1_000_000_000)));
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** What happened, each request once, at the price it has in the end. */
  List<TestStep> events() {
    return events;
  }

  /** The same as it arrives: in any order, some requests first without a price. */
  List<TestStep> arriving() {
    List<TestStep> arriving = new ArrayList<>();
    List<TestStep> later = new ArrayList<>();
    for (TestStep event : events) {
      boolean late = !event.span() && random.nextInt(8) == 0;
      arriving.add(late ? event.beforeItsPrice() : event);
      if (late) {
        later.add(event.afterItsPrice());
      }
    }
    Collections.shuffle(arriving, random);
    later.forEach(
        correction -> {
          int held = indexOf(arriving, correction.eventId());
          arriving.add(held + 1 + random.nextInt(arriving.size() - held), correction);
        });
    return arriving;
  }

  private static int indexOf(List<TestStep> steps, String eventId) {
    int index = 0;
    while (!steps.get(index).eventId().equals(eventId)) {
      index++;
    }
    return index;
  }
}
