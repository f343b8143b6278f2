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
  private int[] bins;

  /** Latencies in all bins: {@link #count}, unless a bin is full. */
  private long binned;

  private int usedBins;

  /** An empty sketch. */
  public QuantileSketch() {
    bins = new int[0];
  }

  /** An empty sketch with room from one bin to another, both included. */
  public QuantileSketch(int firstBin, int lastBin) {
    this.firstBin = firstBin;
    bins = new int[lastBin - firstBin + 1];
  }

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
      makeRoom(bin, bin);
      index = bin - firstBin;
    }
    int before = bins[index];
    bins[index] = (int) Math.min(Integer.MAX_VALUE, before + latencies);
    binned += bins[index] - before;
    usedBins += (bins[index] == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
    count += latencies;
  }

  /** Adds all of another sketch. */
  public void add(QuantileSketch other) {
    if (other.usedBins > 0) {
      makeRoom(other.firstUsedBin(), other.lastUsedBin());
    }
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

  /** The lowest bin that holds latencies; not for a sketch without any. */
  public int firstUsedBin() {
    int index = 0;
    while (bins[index] == 0) {
      index++;
    }
    return firstBin + index;
  }

  /** The highest bin that holds latencies; not for a sketch without any. */
  public int lastUsedBin() {
    int index = bins.length - 1;
    while (bins[index] == 0) {
      index--;
    }
    return firstBin + index;
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
      VarEncodingHelper.encodeUnsignedVarLong(out, usedBins);
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
    return usedBins;
  }

  /** Makes room from one bin to another, and a little more on the side where it was missing. */
  private void makeRoom(int lowest, int highest) {
    int end = firstBin + bins.length;
    if (bins.length == 0) {
      firstBin = lowest - MARGIN;
      bins = new int[highest - lowest + 1 + 2 * MARGIN];
    } else if (lowest < firstBin || highest >= end) {
      int first = lowest < firstBin ? lowest - MARGIN : firstBin;
      int newEnd = highest >= end ? highest + 1 + MARGIN : end;
      int[] wider = new int[newEnd - first];
      System.arraycopy(bins, 0, wider, firstBin - first, bins.length);
      firstBin = first;
      bins = wider;
    }
  }
}
