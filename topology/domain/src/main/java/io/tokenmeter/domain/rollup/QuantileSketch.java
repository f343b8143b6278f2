package io.tokenmeter.domain.rollup;

import com.datadoghq.sketch.ddsketch.encoding.BinEncodingMode;
import com.datadoghq.sketch.ddsketch.encoding.Flag;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A mergeable distribution of latencies in milliseconds, or of other values above 0; quantiles are
 * within {@value #RELATIVE_ACCURACY} of the truth.
 *
 * <p>This is a DDSketch with the mapping of Datadog's library, and {@link #encode} writes what that
 * library reads. The bins are our own: an event adds to a sketch in each dimension, so its bin is
 * computed once ({@link #bin}), and most sketches hold few latencies, for which the library's bins
 * of 8 bytes each, kept centred, cost more than all other arithmetic together.
 */
public final class QuantileSketch {
  /** Relative error of a quantile. */
  public static final double RELATIVE_ACCURACY = 0.01;

  private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(RELATIVE_ACCURACY);
  private static final int MARGIN = 8;

  private long count;
  private int firstBin;
  private int[] bins = new int[0];

  /** The bin of a latency in milliseconds; below one millisecond counts as one. */
  public static int bin(long millis) {
    return MAPPING.index((double) Math.max(millis, 1));
  }

  /**
   * The bin of any value.
   *
   * @param value above 0
   */
  public static int binOf(double value) {
    return MAPPING.index(value);
  }

  /** Adds one latency by its bin. */
  public void add(int bin) {
    add(bin, 1);
  }

  /**
   * Adds some latencies of one bin, or takes them away if negative. A bin is full at 2^31 - 1,
   * where quantiles stop moving.
   */
  public void add(int bin, long latencies) {
    int index = bin - firstBin;
    if (index < 0 || index >= bins.length) {
      makeRoomFor(bin);
      index = bin - firstBin;
    }
    bins[index] = (int) Math.min(Integer.MAX_VALUE, bins[index] + latencies);
    count += latencies;
  }

  /** Adds all of another sketch. */
  public void add(QuantileSketch other) {
    for (int i = 0; i < other.bins.length; i++) {
      if (other.bins[i] != 0) {
        add(other.firstBin + i, other.bins[i]);
      }
    }
  }

  /** Number of latencies. */
  public long count() {
    return count;
  }

  /** The lowest bin that may hold latencies; together with {@link #binCount} all there are. */
  public int firstBin() {
    return firstBin;
  }

  /** Number of bins from {@link #firstBin} on. */
  public int binCount() {
    return bins.length;
  }

  /** Number of latencies in the bin at a distance from {@link #firstBin}. */
  public int latenciesAt(int index) {
    return bins[index];
  }

  /**
   * The latency, in milliseconds, below which a share of all latencies lies; not for an empty
   * sketch.
   */
  public double quantile(double share) {
    long binned = 0;
    for (int latencies : bins) {
      binned += latencies;
    }
    double rank = share * (binned - 1);
    long below = 0;
    int index = -1;
    do {
      index++;
      below += bins[index];
    } while (below <= rank);
    return MAPPING.value(firstBin + index);
  }

  /**
   * The sketch as {@code DDSketch.encode} writes it, with its mapping, so that others can merge it.
   */
  public byte[] encode() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(64 + bins.length);
    try {
      MAPPING.encode(out);
      BinEncodingMode.INDEX_DELTAS_AND_COUNTS.toFlag(Flag.Type.POSITIVE_STORE).encode(out);
      VarEncodingHelper.encodeUnsignedVarLong(out, usedBins());
      long previous = 0;
      for (int i = 0; i < bins.length; i++) {
        if (bins[i] != 0) {
          long bin = (long) firstBin + i;
          VarEncodingHelper.encodeSignedVarLong(out, bin - previous);
          VarEncodingHelper.encodeVarDouble(out, bins[i]);
          previous = bin;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.trimmedCopy();
  }

  /** Number of bins that hold latencies. */
  public int usedBins() {
    int used = 0;
    for (int latencies : bins) {
      if (latencies != 0) {
        used++;
      }
    }
    return used;
  }

  private void makeRoomFor(int bin) {
    boolean empty = bins.length == 0;
    int first = (empty ? bin : Math.min(bin, firstBin)) - MARGIN;
    int last = (empty ? bin : Math.max(bin, firstBin + bins.length - 1)) + MARGIN;
    int[] wider = new int[last - first + 1];
    System.arraycopy(bins, 0, wider, empty ? 0 : firstBin - first, bins.length);
    firstBin = first;
    bins = wider;
  }
}
