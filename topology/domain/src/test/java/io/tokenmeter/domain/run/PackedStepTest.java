package io.tokenmeter.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedStepTest {
  private static final long SEED = 33;

  private final Random random = new Random(SEED);
  private final StateWriter out = new StateWriter();

  @Test
  void randomSteps_areReadBackAsTheyWere() {
    for (int i = 0; i < 1000; i++) {
      PackedStep step = step();

      assertThat(PackedStep.unpack(PackedStep.pack(step, out)))
          .as("seed %d, step %d", SEED, i)
          .isEqualTo(step);
    }
  }

  @Test
  void stepOfALog_isReadBackWithoutWhatItsRunKeeps_andWithAKey() {
    for (int i = 0; i < 1000; i++) {
      PackedStep step = step();
      out.reset();
      PackedStep.writeWithinRun(out, step);
      PackedStep read = PackedStep.read(out.read());

      assertThat(read)
          .usingRecursiveComparison()
          .ignoringFields("eventKey", "workflow", "outcome")
          .as("seed %d, step %d", SEED, i)
          .isEqualTo(step);
      assertThat(read.workflow()).isNull();
      assertThat(read.outcome()).isNull();
      assertThat(read.eventKey()).isEqualTo(step.stepKey() == 0 ? step.eventKey() : 0);
    }
  }

  @Test
  void longTexts_areCut() {
    TestStep step = TestStep.at("s".repeat(200), null, 0, 1).withNames("名".repeat(99), null, "m");

    PackedStep copy = PackedStep.of(step);

    assertThat(copy.stepId()).isEqualTo("s".repeat(127) + "…");
    assertThat(copy.stepName()).isEqualTo("名".repeat(63) + "…");
    assertThat(PackedStep.unpack(PackedStep.pack(step, out))).isEqualTo(copy);
  }

  /** A step in which every part is now absent, now present. */
  private PackedStep step() {
    return new PackedStep(
        random.nextLong(),
        random.nextInt(3) * random.nextLong(),
        random.nextInt(3) * random.nextLong(),
        "event-größe-" + random.nextInt(1000),
        text(),
        text(),
        text(),
        "model-" + random.nextInt(20),
        text(),
        text(),
        counted(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextLong(),
        random.nextInt(4) == 0 ? -1 : random.nextInt(100_000),
        1 + random.nextInt(3),
        random.nextLong(),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextLong(),
        random.nextLong());
  }

  private CountedStep counted() {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> CountedStep.UNPRICED;
      default ->
          new CountedStep(
              false, random.nextBoolean(), Money.of(random.nextLong(), random.nextLong()));
    };
  }

  private String text() {
    return random.nextInt(3) == 0 ? null : "größe " + random.nextInt(40);
  }
}
