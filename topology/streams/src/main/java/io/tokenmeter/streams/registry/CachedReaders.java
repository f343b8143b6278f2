package io.tokenmeter.streams.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads long topics: keeps Avro's reader of each schema id, which the configured deserializer need
 * not do. Apicurio's works out a fingerprint of the schema for every record.
 *
 * <p>The first record of an id is read by the configured deserializer and in the registry's plain
 * wire format. Only where both give the same, later ones are read without it: so a deserializer
 * that does more, or frames differently, stays in charge. Not thread-safe.
 */
final class CachedReaders implements Deserializer<Object> {
  private final Deserializer<Object> specific;
  private final Deserializer<Object> generic;

  /** By schema id; null where the configured deserializer has to read every record. */
  private final Map<Integer, @Nullable SpecificDatumReader<Object>> readers = new HashMap<>();

  private @Nullable BinaryDecoder decoder;

  /**
   * Readers of what two configured deserializers can read.
   *
   * @param specific gives generated classes
   * @param generic gives GenericRecords with the schema of the writer
   */
  CachedReaders(Deserializer<Object> specific, Deserializer<Object> generic) {
    this.specific = specific;
    this.generic = generic;
  }

  @Override
  public @Nullable Object deserialize(String topic, byte @Nullable [] value) {
    if (value == null || !WireFormat.isFramed(value)) {
      return specific.deserialize(topic, value);
    }
    int id = WireFormat.schemaId(value);
    SpecificDatumReader<Object> reader = readers.get(id);
    if (reader != null) {
      return read(reader, value);
    }
    Object record = specific.deserialize(topic, value);
    if (!readers.containsKey(id)) {
      readers.put(id, learn(topic, value, record));
    }
    return record;
  }

  private @Nullable SpecificDatumReader<Object> learn(String topic, byte[] value, Object record) {
    if (!(record instanceof SpecificRecord wanted)
        || !(generic.deserialize(topic, value) instanceof GenericContainer written)) {
      return null;
    }
    SpecificDatumReader<Object> reader = reader(written.getSchema(), wanted);
    try {
      return Objects.equals(read(reader, value), record) ? reader : null;
    } catch (RuntimeException e) {
      return null; // not in the plain format
    }
  }

  private static SpecificDatumReader<Object> reader(Schema writer, SpecificRecord wanted) {
    SpecificData data = SpecificData.getForClass(wanted.getClass());
    data.setFastReaderEnabled(true);
    return new SpecificDatumReader<>(writer, wanted.getSchema(), data);
  }

  private Object read(SpecificDatumReader<Object> reader, byte[] value) {
    decoder =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    specific.close();
    generic.close();
  }
}
