package io.tokenmeter.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4096, 4097, 50_000})
  void groups_holdTheLowestAndHighestOfTheirRows(int rows) {
    Random random = new Random(rows);
    double[] values = new double[rows];
    Envelope envelope = new Envelope();
    for (int i = 0; i < rows; i++) {
      values[i] = i % 5 == 0 ? Double.NaN : random.nextGaussian();
      envelope.add(values[i]);
    }

    assertThat(envelope.groups()).isLessThanOrEqualTo(Envelope.GROUPS);
    for (int group = 0; group < envelope.groups(); group++) {
      double low = Double.NaN;
      double high = Double.NaN;
      int first = group * envelope.rowsPerGroup();
      for (int i = first; i < Math.min(rows, first + envelope.rowsPerGroup()); i++) {
        low = Double.isNaN(low) || values[i] < low ? values[i] : low;
        high = Double.isNaN(high) || values[i] > high ? values[i] : high;
      }
      assertThat(Double.compare(envelope.low(group), low)).as("group " + group).isZero();
      assertThat(Double.compare(envelope.high(group), high)).as("group " + group).isZero();
    }
  }

  @Test
  void nothing_hasNoLowestAndHighest() {
    assertThat(new Envelope().lowest()).isNaN();
    assertThat(new Envelope().highest()).isNaN();
  }

  @Test
  void times_haveTheGroupsOfEnvelopes() {
    RowTimes times = new RowTimes();
    Envelope envelope = new Envelope();
    for (int i = 0; i < 10_000; i++) {
      times.add(1000L * i);
      envelope.add(i);
    }

    assertThat(times.groups()).isEqualTo(envelope.groups());
    assertThat(times.start(100)).isEqualTo(1000L * (long) envelope.low(100));
    assertThat(times.spanMillis()).isEqualTo(9_999_000);
  }
}
