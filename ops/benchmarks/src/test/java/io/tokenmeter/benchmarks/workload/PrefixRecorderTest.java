package io.tokenmeter.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixRecorderTest {

  @Test
  void everyMark_givesTheEndOffsetsAndTotalsUpToIt() {
    PrefixRecorder recorder = new PrefixRecorder(2, List.of(5L, 2L));
    recorder.sent(0, 100, false);
    recorder.sent(1, 10, false);
    recorder.sent(1, 10, true);
    recorder.sent(1, 1, false);
    recorder.sent(0, 1, false);
    assertThat(recorder.prefixes())
        .containsExactly(
            new Prefix(2, List.of(1L, 1L), new Totals(2, 110, 2, 110)),
            new Prefix(5, List.of(2L, 3L), new Totals(5, 122, 4, 112)));
  }
}
