package io.tokenmeter.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxesTest {

  @Test
  void valueTicks_areAtRoundNumbers() {
    assertThat(labels(new ValueAxis(0, 43_000), 5))
        .containsExactly("0", "10k", "20k", "30k", "40k");
    assertThat(labels(new ValueAxis(-0.3, 1.1), 4)).containsExactly("0", "0.5", "1");
    assertThat(labels(new ValueAxis(101, 109), 4)).containsExactly("102", "104", "106", "108");
    assertThat(labels(new ValueAxis(0, 4.4e6), 4)).containsExactly("0", "2M", "4M");
  }

  @Test
  void axisAroundValues_leavesRoomButNotBelowZeroForNothing() {
    assertThat(ValueAxis.around(0, 100)).isEqualTo(new ValueAxis(0, 106));
    assertThat(ValueAxis.around(-100, 0)).isEqualTo(new ValueAxis(-106, 6));
    assertThat(ValueAxis.around(8, 8)).isEqualTo(new ValueAxis(4, 12));
    assertThat(ValueAxis.around(Double.NaN, Double.NaN)).isEqualTo(new ValueAxis(0, 1));
  }

  @Test
  void timeTicks_areAtRoundTimes() {
    RowTimes times = new RowTimes();
    for (int row = 0; row < 48; row++) {
      times.add(1_767_571_200_000L + row * 1_800_000L + 600_000); // from 2026-01-05 00:10
    }

    List<TimeTicks.Tick> ticks = TimeTicks.of(times, 5);

    assertThat(ticks)
        .extracting(TimeTicks.Tick::label)
        .containsExactly("5 Jan 06:00", "12:00", "18:00");
    assertThat(ticks).extracting(TimeTicks.Tick::row).containsExactly(12.0, 24.0, 36.0);
  }

  @Test
  void timeThatStepsBack_doesNotCrowdTheLabels() {
    RowTimes times = new RowTimes();
    for (int row = 0; row < 1000; row++) {
      times.add(1_767_571_200_000L + row / 2 * 3_600_000L - row % 2 * 7_200_000L);
    }

    assertThat(TimeTicks.of(times, 10)).hasSizeLessThan(16);
  }

  private static List<String> labels(ValueAxis axis, int about) {
    return axis.ticks(about).stream().map(ValueAxis.Tick::label).toList();
  }
}
