package io.tokenmeter.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class QuantileSketchTest {
  private static final Percentage ONE_PERCENT =
      Percentage.withPercentage(100 * QuantileSketch.RELATIVE_ACCURACY + 0.001);

  @Test
  void quantilesOfManyLatencies_areWithinOnePercent() {
    long seed = 5;
    Random random = new Random(seed);
    long[] latencies = new long[20_000];
    QuantileSketch sketch = new QuantileSketch();
    for (int i = 0; i < latencies.length; i++) {
      latencies[i] = Math.round(Math.exp(random.nextGaussian() + 7)) + 1;
      sketch.add(QuantileSketch.bin(latencies[i]));
    }
    Arrays.sort(latencies);
    assertThat(sketch.count()).isEqualTo(latencies.length);
    for (double share : new double[] {0.01, 0.5, 0.95, 0.99}) {
      long exact = latencies[(int) (share * (latencies.length - 1))];
      assertThat(sketch.quantile(share))
          .as("seed %d, share %s", seed, share)
          .isCloseTo(exact, ONE_PERCENT);
    }
  }

  @Test
  void extremeLatencies_areKept() {
    assertThat(only(0)).isCloseTo(1, ONE_PERCENT);
    assertThat(only(1)).isCloseTo(1, ONE_PERCENT);
    assertThat(only(Long.MAX_VALUE)).isCloseTo((double) Long.MAX_VALUE, ONE_PERCENT);
  }

  @Test
  void mergedSketches_equalOneOfAll() {
    Random random = new Random(6);
    QuantileSketch all = new QuantileSketch();
    QuantileSketch merged = new QuantileSketch();
    for (int part = 0; part < 10; part++) {
      QuantileSketch sketch = new QuantileSketch();
      for (int i = 0; i < 100; i++) {
        int bin = QuantileSketch.bin(random.nextInt(60_000));
        sketch.add(bin);
        all.add(bin);
      }
      merged.add(sketch);
    }
    assertThat(merged.encode()).isEqualTo(all.encode());
  }

  @Test
  void encodedSketch_isReadByDatadogsLibrary() throws IOException {
    QuantileSketch sketch = new QuantileSketch();
    sketch.add(QuantileSketch.bin(120), 9);
    sketch.add(QuantileSketch.bin(80_000));
    DDSketch read =
        DDSketch.decode(ByteArrayInput.wrap(sketch.encode()), UnboundedSizeDenseStore::new);
    assertThat(read.getCount()).isEqualTo(10);
    for (double share : new double[] {0, 0.5, 0.95, 1}) {
      assertThat(read.getValueAtQuantile(share)).isEqualTo(sketch.quantile(share));
    }
  }

  @Test
  void fullBin_staysFullAndTheCountGoesOn() {
    QuantileSketch sketch = new QuantileSketch();
    sketch.add(QuantileSketch.bin(100), Integer.MAX_VALUE);
    sketch.add(QuantileSketch.bin(100), 5);
    assertThat(sketch.count()).isEqualTo(Integer.MAX_VALUE + 5L);
    assertThat(sketch.quantile(1)).isCloseTo(100, ONE_PERCENT);
  }

  @Test
  void binsInUse_areCounted_alsoWhenWhatWasAddedIsTakenAway() {
    QuantileSketch sketch = new QuantileSketch();
    sketch.add(30, 2);
    sketch.add(-10, 1);
    sketch.add(30, 5);
    assertThat(sketch.usedBins()).isEqualTo(2);
    assertThat(sketch.firstUsedBin()).isEqualTo(-10);
    assertThat(sketch.lastUsedBin()).isEqualTo(30);

    sketch.add(30, -7);
    assertThat(sketch.usedBins()).isEqualTo(1);
    assertThat(sketch.lastUsedBin()).isEqualTo(-10);
  }

  private static double only(long millis) {
    QuantileSketch sketch = new QuantileSketch();
    sketch.add(QuantileSketch.bin(millis));
    return sketch.quantile(0.5);
  }
}
