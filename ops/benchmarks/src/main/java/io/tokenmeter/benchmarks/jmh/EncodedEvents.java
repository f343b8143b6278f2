package io.tokenmeter.benchmarks.jmh;

import io.tokenmeter.benchmarks.workload.EventEncoder;
import io.tokenmeter.benchmarks.workload.GeneratedEvent;
import io.tokenmeter.benchmarks.workload.Variant;
import io.tokenmeter.benchmarks.workload.Workload;
import java.util.Arrays;

/** Some thousand values of the workload, one after the other without end. */
final class EncodedEvents {
  private static final int COUNT = 8_192;
  private static final int HEADER = 5;

  private final byte[][] bodies = new byte[COUNT][];
  private int next;

  EncodedEvents() {
    Workload workload = new Workload(42, COUNT, Variant.DEFAULT);
    EventEncoder encoder = new EventEncoder(1);
    GeneratedEvent event = new GeneratedEvent();
    for (int i = 0; i < COUNT; i++) {
      workload.read(i, event);
      byte[] value = encoder.value(event);
      bodies[i] = Arrays.copyOfRange(value, HEADER, value.length);
    }
  }

  /** The next event's Avro body, without the registry's header. */
  byte[] nextBody() {
    return bodies[next++ & COUNT - 1];
  }
}
