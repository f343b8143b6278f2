package io.tokenmeter.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.junit.jupiter.api.Test;

/** That the pinned Kafka Streams keeps what is emptied here where it is looked for. */
class RevivedTaskTest {

  @Test
  void taskThatHasRead_isAsIfItHadNot() throws Exception {
    AtomicReference<Object> context = new AtomicReference<>();
    Topology topology =
        new Topology()
            .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "input")
            .addProcessor("stage", () -> new Remembering(context), "in");
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, new Properties())) {
      driver
          .createInputTopic("input", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new byte[1]);
      Object task = value(TopologyTestDriver.class, "task", driver);
      assertThat(offsets(task, "consumedOffsets")).hasSize(1);
      assertThat(offsets(task, "nextOffsetsAndMetadataToBeConsumed")).hasSize(1);

      RevivedTask.forgetOffsets(context.get());
      assertThat(offsets(task, "consumedOffsets")).isEmpty();
      assertThat(offsets(task, "nextOffsetsAndMetadataToBeConsumed")).isEmpty();
    }
  }

  private static Map<?, ?> offsets(Object task, String field) throws ReflectiveOperationException {
    return (Map<?, ?>) value(StreamTask.class, field, task);
  }

  private static Object value(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private static final class Remembering implements Processor<byte[], byte[], Void, Void> {
    private final AtomicReference<Object> context;

    Remembering(AtomicReference<Object> context) {
      this.context = context;
    }

    @Override
    public void init(ProcessorContext<Void, Void> given) {
      context.set(given);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      // Only offsets matter.
    }
  }
}
