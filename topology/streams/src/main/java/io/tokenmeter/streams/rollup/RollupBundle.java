package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.Dimension.Attribute;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.avro.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Partial sums for one partition of the roll-ups, packed into one record: a record costs more than
 * the sums in it.
 *
 * <p>Layout: the latest time of an event that the sender has seen; then, repeated to the end:
 * dimension, key, optional second key, minute, totals ({@link TotalsCodec}).
 */
public final class RollupBundle {
  /** The sender has nothing to say about how far events are. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /**
   * Stands for the time in a bundle of sums that only restate what past usage costs: nobody has
   * used anything.
   */
  static final long RESTATEMENT = Long.MIN_VALUE + 1;

  private RollupBundle() {}

  /**
   * One sum.
   *
   * @param subject dimension, key and optional second key as they were encoded: equal for equal
   *     subjects
   * @param minute minutes since the epoch
   * @param delta what is to be added
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(byte[] subject, long minute, RollupTotals delta) {}

  /**
   * Begins a bundle.
   *
   * @param latestMicros the latest time of an event that the sender has seen, microseconds since
   *     the epoch; {@link #NO_TIME} where it has seen none, {@link #RESTATEMENT}
   */
  public static void begin(AvroBodyWriter out, long latestMicros) {
    out.reset().writeLong(latestMicros);
  }

  static void append(AvroBodyWriter out, byte[] dimension, PartialSums.Partial partial) {
    out.writeBytes(dimension).writeBytes(partial.first().utf8());
    if (partial.second() == null) {
      out.writeNull();
    } else {
      out.writePresent().writeBytes(partial.second().utf8());
    }
    out.writeLong(partial.minute());
    TotalsCodec.write(out, partial.totals());
  }

  /** Appends what a single dimension's key has more. */
  public static void append(
      AvroBodyWriter out, byte[] dimension, byte[] key, long minute, RollupTotals totals) {
    out.writeBytes(dimension).writeBytes(key).writeNull().writeLong(minute);
    TotalsCodec.write(out, totals);
  }

  /**
   * The partition of the sums of a subject: by a pair's first part, so that all that belongs to a
   * subject, its mix of models too, is in one task.
   */
  public static int partition(Attribute first, byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key) ^ first.stableHash()) % partitions;
  }

  /** Whether the sums only restate what past usage costs. */
  static boolean isRestatement(byte[] bundle) {
    AvroBodyReader in = new AvroBodyReader();
    in.start(bundle, 0, bundle.length);
    return in.readLong() == RESTATEMENT;
  }

  /** Reads all sums; returns the latest time of an event that the sender had seen. */
  static long read(byte[] bundle, Consumer<Entry> consumer) {
    AvroBodyReader in = new AvroBodyReader();
    in.start(bundle, 0, bundle.length);
    long latestMicros = in.readLong();
    while (in.position() < bundle.length) {
      int start = in.position();
      in.readSlice();
      in.readSlice();
      in.readOptionalSlice();
      byte[] subject = Arrays.copyOfRange(bundle, start, in.position());
      long minute = in.readLong();
      consumer.accept(new Entry(subject, minute, TotalsCodec.read(in)));
    }
    return latestMicros;
  }

  /**
   * The parts of {@link Entry#subject}: dimension, key and second key, the last one null for single
   * dimensions.
   */
  static Subject subject(byte[] encoded) {
    AvroBodyReader in = new AvroBodyReader();
    in.start(encoded, 0, encoded.length);
    return new Subject(
        text(encoded, in.readSlice()),
        text(encoded, in.readSlice()),
        optionalText(encoded, in.readOptionalSlice()));
  }

  /** A dimension and its key. */
  record Subject(String dimension, String key, @Nullable String subKey) {}

  private static String text(byte[] bytes, long slice) {
    return new String(bytes, Slice.offset(slice), Slice.length(slice), StandardCharsets.UTF_8);
  }

  private static @Nullable String optionalText(byte[] bytes, long slice) {
    return slice == Slice.ABSENT ? null : text(bytes, slice);
  }
}
