package io.tokenmeter.domain.rollup;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A mergeable distribution of latencies in milliseconds; quantiles are within {@value
 * #RELATIVE_ACCURACY} of the truth.
 *
 * <p>The bin of a latency is the same in every sketch, so it is computed once per event ({@link
 * #bin}) and added to the sketch of each dimension.
 */
public final class LatencySketch {
  /** Relative error of a quantile. */
  public static final double RELATIVE_ACCURACY = 0.01;

  private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(RELATIVE_ACCURACY);

  private DDSketch sketch = empty();

  /** The bin of a latency in milliseconds; below one millisecond counts as one. */
  public static int bin(long millis) {
    return MAPPING.index((double) Math.max(millis, 1));
  }

  /** Adds one latency by its bin. */
  public void add(int bin) {
    sketch.getPositiveValueStore().add(bin);
  }

  /** Adds all of another sketch. */
  public void add(LatencySketch other) {
    sketch.mergeWith(other.sketch);
  }

  /** Number of latencies. */
  public long count() {
    return (long) sketch.getCount();
  }

  /**
   * The latency, in milliseconds, below which a share of all latencies lies; not for an empty
   * sketch.
   */
  public double quantile(double share) {
    return sketch.getValueAtQuantile(share);
  }

  /**
   * The sketch as {@code DDSketch.encode} writes it, with its mapping, so that others can merge it.
   */
  public byte[] encode() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(128);
    try {
      sketch.encode(out, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.trimmedCopy();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws UncheckedIOException if the bytes are not a sketch
   */
  public static LatencySketch decode(byte[] bytes, int offset, int length) {
    LatencySketch result = new LatencySketch();
    try {
      result.sketch =
          DDSketch.decode(
              ByteArrayInput.wrap(bytes, offset, length), UnboundedSizeDenseStore::new, MAPPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  private static DDSketch empty() {
    return new DDSketch(MAPPING, UnboundedSizeDenseStore::new);
  }
}
