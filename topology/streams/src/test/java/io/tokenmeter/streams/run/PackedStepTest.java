package io.tokenmeter.streams.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.avro.AvroBodyWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedStepTest {
  @Test
  void randomSteps_areReadBackAsTheyWere() {
    long seed = 33;
    Random random = new Random(seed);
    AvroBodyWriter out = new AvroBodyWriter();
    for (int i = 0; i < 1000; i++) {
      PackedStep step = RandomSteps.step(random);
      assertThat(PackedStep.unpack(PackedStep.pack(step, out)))
          .as("seed %d, step %d", seed, i)
          .isEqualTo(step);
    }
  }
}
