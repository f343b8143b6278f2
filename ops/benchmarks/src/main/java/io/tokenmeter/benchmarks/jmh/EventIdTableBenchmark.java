package io.tokenmeter.benchmarks.jmh;

import io.tokenmeter.domain.dedupe.EventIdTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The table of seen event ids: new ids while it grows, and duplicates in a full one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class EventIdTableBenchmark {
  private static final int BUCKET = 1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Ids in the table before measuring, and at most twice as many while it is measured. */
  @Param({"100000", "5000000"})
  public int ids;

  private EventIdTable table = new EventIdTable();
  private long next;

  /** Fills the table. */
  @Setup(Level.Iteration)
  public void fill() {
    refill();
  }

  private void refill() {
    table = new EventIdTable();
    for (next = 0; next < ids; next++) {
      table.add(high(next), low(next), BUCKET, 0);
    }
  }

  /** Adds an id that is new. */
  @Benchmark
  public boolean newId() {
    if (next == 2L * ids) {
      refill(); // once in as many calls as it has ids: its cost is spread over them
    }
    long id = next++;
    return table.add(high(id), low(id), BUCKET, 0);
  }

  /** Meets an id that has been seen. */
  @Benchmark
  public boolean seenId() {
    next = next * 6_364_136_223_846_793_005L + 1;
    long id = Long.remainderUnsigned(next, ids);
    return table.add(high(id), low(id), BUCKET, 0);
  }

  private static long high(long id) {
    return mix(id * GOLDEN);
  }

  private static long low(long id) {
    return mix(id * GOLDEN + 1);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
