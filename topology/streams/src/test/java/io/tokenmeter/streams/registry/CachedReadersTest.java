package io.tokenmeter.streams.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

class CachedReadersTest {
  static {
    GeneratedClasses.trust();
  }

  private static final Schema CURRENT = UsageEvent.getClassSchema();

  private final AtomicInteger configuredReads = new AtomicInteger();

  @Test
  void records_behindTheFirstOfTheirSchema_areReadWithoutTheConfiguredDeserializer() {
    CachedReaders readers = readers(CURRENT, WireFormat.HEADER_BYTES, event -> event);

    for (String id : new String[] {"a", "b", "c"}) {
      assertThat(readers.deserialize("t", value(CURRENT, id))).isEqualTo(event(id));
    }
    assertThat(configuredReads).hasValue(1);
  }

  @Test
  void records_ofAnOlderSchema_getTheDefaultsOfTheNewerFields() {
    Schema old = withoutField("outcome");
    CachedReaders readers = readers(old, WireFormat.HEADER_BYTES, event -> event);

    readers.deserialize("t", value(old, "a"));
    assertThat(readers.deserialize("t", value(old, "b"))).isEqualTo(event("b"));
    assertThat(configuredReads).hasValue(1);
  }

  @Test
  void deserializerThatDoesMoreThanAvro_readsEveryRecord() {
    CachedReaders readers =
        readers(
            CURRENT,
            WireFormat.HEADER_BYTES,
            event -> UsageEvent.newBuilder(event).setModel("decrypted").build());

    for (String id : new String[] {"a", "b", "c"}) {
      UsageEvent read = (UsageEvent) readers.deserialize("t", value(CURRENT, id));
      assertThat(read.getModel()).isEqualTo("decrypted");
    }
    assertThat(configuredReads).hasValue(3);
  }

  @Test
  void deserializerWithLongerIds_readsEveryRecord() {
    int header = WireFormat.HEADER_BYTES + 4;
    CachedReaders readers = readers(CURRENT, header, event -> event);

    for (String id : new String[] {"a", "b"}) {
      byte[] value = value(CURRENT, id);
      byte[] framed = new byte[value.length + 4];
      System.arraycopy(value, WireFormat.HEADER_BYTES, framed, header, value.length - 5);
      assertThat(readers.deserialize("t", framed)).isEqualTo(event(id));
    }
    assertThat(configuredReads).hasValue(2);
  }

  /** Deserializers as they are configured, of records with one schema. */
  private CachedReaders readers(Schema writer, int header, UnaryOperator<UsageEvent> more) {
    SpecificDatumReader<UsageEvent> specific = new SpecificDatumReader<>(writer, CURRENT);
    GenericDatumReader<GenericRecord> generic = new GenericDatumReader<>(writer);
    return new CachedReaders(
        (topic, value) -> {
          configuredReads.incrementAndGet();
          return more.apply(read(specific, value, header));
        },
        (topic, value) -> read(generic, value, header));
  }

  private static <T> T read(DatumReader<T> reader, byte[] value, int header) {
    try {
      byte[] body = Arrays.copyOfRange(value, header, value.length);
      return reader.read(null, DecoderFactory.get().binaryDecoder(body, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] value(Schema writer, String id) {
    GenericData.Record record = new GenericData.Record(writer);
    writer.getFields().stream()
        .filter(Schema.Field::hasDefaultValue)
        .forEach(field -> record.put(field.pos(), GenericData.get().getDefaultValue(field)));
    record.put("event_id", id);
    record.put("occurred_at", 1_000_000L);
    record.put("provider", "openai");
    record.put("model", "gpt-4o");
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(ByteBuffer.allocate(WireFormat.HEADER_BYTES).putInt(1, 7).array());
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(writer).write(record, encoder);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UsageEvent event(String id) {
    return UsageEvent.newBuilder()
        .setEventId(id)
        .setOccurredAt(Instant.ofEpochSecond(1))
        .setProvider("openai")
        .setModel("gpt-4o")
        .build();
  }

  private static Schema withoutField(String name) {
    return Schema.createRecord(
        CURRENT.getName(),
        null,
        CURRENT.getNamespace(),
        false,
        CURRENT.getFields().stream()
            .filter(field -> !field.name().equals(name))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList());
  }
}
