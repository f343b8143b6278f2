package io.tokenmeter.benchmarks.jmh;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Tokenmeter's decoder, by position into a reused event, beside Avro's generated class. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {
  static {
    GeneratedClasses.trust();
  }

  private final EncodedEvents events = new EncodedEvents();
  private final UsageEventDecoder decoder = new UsageEventDecoder();
  private final MeteredEvent event = new MeteredEvent(new NameTable());
  private final SpecificDatumReader<UsageEvent> reader =
      new SpecificDatumReader<>(UsageEvent.getClassSchema());
  private final UsageEvent reused = new UsageEvent();
  private @Nullable BinaryDecoder avro;

  /** One event by position. */
  @Benchmark
  public MeteredEvent byPosition() {
    byte[] body = events.nextBody();
    decoder.decode(body, 0, body.length, event);
    return event;
  }

  /** One event with the generated class, reader, decoder and record reused. */
  @Benchmark
  public UsageEvent generatedClass() throws IOException {
    byte[] body = events.nextBody();
    avro = DecoderFactory.get().binaryDecoder(body, 0, body.length, avro);
    return reader.read(reused, avro);
  }
}
