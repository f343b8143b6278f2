package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.PackedStep;
import io.tokenmeter.domain.run.RunState;
import java.util.Random;

/** Steps in which every field is now absent, now present. */
final class RandomSteps {
  private RandomSteps() {}

  static RunState run(Random random, int steps) {
    RunState run = new RunState();
    for (int i = 0; i < steps; i++) {
      run.add(step(random));
    }
    return run;
  }

  /** A run whose steps cost at most so many pico-dollars each. */
  static RunState cheapRun(Random random, int steps, long mostPicos) {
    RunState run = new RunState();
    for (int i = 0; i < steps; i++) {
      run.add(step(random, 0, (long) (mostPicos * random.nextDouble())));
    }
    return run;
  }

  static PackedStep step(Random random) {
    return step(random, random.nextInt(20) / 19, random.nextLong() >>> 1);
  }

  private static PackedStep step(Random random, long costHigh, long costLow) {
    boolean span = random.nextInt(6) == 0;
    return new PackedStep(
        random.nextLong() | 1,
        random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(50),
        random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(50),
        "event-größe-" + random.nextInt(1000),
        text(random),
        text(random),
        text(random),
        "model-" + random.nextInt(20),
        text(random),
        text(random),
        null,
        random.nextBoolean(),
        random.nextBoolean(),
        span,
        random.nextInt(5) == 0,
        random.nextBoolean(),
        1_700_000_000_000_000L + random.nextInt(),
        random.nextInt(4) == 0 ? -1 : random.nextInt(100_000),
        1 + random.nextInt(3),
        random.nextLong() >>> 30,
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        span ? 0 : costHigh,
        span ? 0 : costLow);
  }

  private static String text(Random random) {
    return random.nextInt(3) == 0 ? null : "größe " + random.nextInt(40);
  }
}
