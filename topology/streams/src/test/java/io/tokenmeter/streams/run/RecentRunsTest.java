package io.tokenmeter.streams.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.run.RunState;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class RecentRunsTest {
  private final RecentRuns<byte[]> recent = new RecentRuns<>(new RepartitionedSteps());

  @Test
  void moreRunsThanSlots_areFoundOrMissed_andNeverMistaken() {
    long seed = 4;
    Random random = new Random(seed);
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      Record<byte[], byte[]> step = stepOf("run-" + random.nextInt(3000));
      TrackedRun run = recent.get(step);
      if (run == null) {
        recent.put(step, new TrackedRun(Bytes.wrap(step.key()), new RunState()));
      } else {
        found++;
        assertThat(run.key.get()).as("seed %d, step %d", seed, i).isEqualTo(step.key());
      }
    }
    assertThat(found).isBetween(50_000 / 10, 50_000 / 2);
  }

  @Test
  void fewRuns_areFound_untilAllAreForgotten() {
    Record<byte[], byte[]> step = stepOf("run-1");
    TrackedRun run = new TrackedRun(Bytes.wrap(step.key()), new RunState());
    recent.put(step, run);
    assertThat(recent.get(stepOf("run-1"))).isSameAs(run);

    recent.clear();
    assertThat(recent.get(stepOf("run-1"))).isNull();
  }

  private static Record<byte[], byte[]> stepOf(String runId) {
    return new Record<>(runId.getBytes(StandardCharsets.UTF_8), new byte[0], 0);
  }
}
