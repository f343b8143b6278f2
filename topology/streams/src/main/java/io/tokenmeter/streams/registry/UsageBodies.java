package io.tokenmeter.streams.registry;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.schemas.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Finds the Avro body of a usage event, or of one with its cost, in the current schema, whatever
 * schema its producer used.
 *
 * <p>Events written with the current layout, which is nearly all, are used as they are. Others are
 * read with their writer's schema and encoded again. A schema id is looked up once, by having the
 * configured deserializer read a record with it. Not thread-safe.
 */
public final class UsageBodies {
  /** A record that cannot be read as a usage event. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Rejection rejection;

    UnreadableException(RejectionReason reason, String message) {
      super(message, null, false, false);
      rejection = new Rejection(reason, message);
    }

    /** Why. */
    public Rejection rejection() {
      return rejection;
    }
  }

  private final Schema current;
  private final String currentLayout;
  private final SchemaLookup lookup;
  private final Map<Integer, GenericDatumReader<GenericRecord>> converters = new HashMap<>();
  private final Set<Integer> currentIds = new HashSet<>();

  /** The id of the record found last if its layout is the current one; no id is that large. */
  private long currentId = Long.MAX_VALUE;

  private byte[] body = new byte[0];
  private int start;

  /**
   * Bodies of usage events whose schemas are looked up through a deserializer to GenericRecords.
   */
  public UsageBodies(String topic, Deserializer<Object> genericDeserializer) {
    this(UsageEvent.getClassSchema(), topic, genericDeserializer);
  }

  /**
   * Bodies of a schema.
   *
   * @param current the schema in which bodies are wanted
   * @param topic where the records come from
   * @param genericDeserializer to GenericRecords, to look schemas up with
   */
  public UsageBodies(Schema current, String topic, Deserializer<Object> genericDeserializer) {
    this.current = current;
    currentLayout = SchemaLayout.of(current);
    lookup = new SchemaLookup(topic, genericDeserializer);
  }

  /** The array that holds the body found last. It ends with the array. */
  public byte[] body() {
    return body;
  }

  /** Where the body found last begins. */
  public int start() {
    return start;
  }

  /**
   * Finds the body of a record's value.
   *
   * @throws UnreadableException if the record is to be rejected
   * @throws RegistryUnavailableException if the registry does not answer; to be tried again
   */
  public void find(byte[] value) throws UnreadableException {
    if (!WireFormat.isFramed(value)) {
      throw new UnreadableException(
          RejectionReason.UNDECODABLE,
          "the value does not begin with a zero byte and a schema id, but has "
              + value.length
              + " bytes of something else");
    }
    int id = WireFormat.schemaId(value);
    if (id == currentId || isCurrent(id, value)) {
      currentId = id;
      body = value;
      start = WireFormat.HEADER_BYTES;
    } else {
      body = convert(value, converter(id, value));
      start = 0;
    }
  }

  private boolean isCurrent(int id, byte[] value) throws UnreadableException {
    if (converters.containsKey(id)) {
      return false;
    }
    if (currentIds.contains(id)) {
      return true;
    }
    return SchemaLayout.of(lookup.schema(id, value)).equals(currentLayout) && currentIds.add(id);
  }

  private GenericDatumReader<GenericRecord> converter(int id, byte[] value)
      throws UnreadableException {
    GenericDatumReader<GenericRecord> converter = converters.get(id);
    if (converter == null) {
      converter = newConverter(id, lookup.schema(id, value));
      converters.put(id, converter);
    }
    return converter;
  }

  private GenericDatumReader<GenericRecord> newConverter(int id, Schema writer)
      throws UnreadableException {
    SchemaCompatibilityResult fit =
        SchemaCompatibility.checkReaderWriterCompatibility(current, writer).getResult();
    if (fit.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      throw new UnreadableException(
          RejectionReason.INCOMPATIBLE_SCHEMA,
          "schema " + id + " cannot be read as " + current.getName() + ": " + misfits(fit));
    }
    return new GenericDatumReader<>(writer, current, new GenericData());
  }

  private static String misfits(SchemaCompatibilityResult fit) {
    return fit.getIncompatibilities().stream()
        .limit(5)
        .map(misfit -> misfit.getType() + " at " + misfit.getLocation())
        .collect(Collectors.joining(", "));
  }

  private byte[] convert(byte[] value, GenericDatumReader<GenericRecord> reader)
      throws UnreadableException {
    int length = value.length - WireFormat.HEADER_BYTES;
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER_BYTES, length, null);
    try {
      GenericRecord event = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new UnreadableException(
            RejectionReason.UNDECODABLE, "bytes are left after the last field");
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(current).write(event, encoder);
      return out.toByteArray();
    } catch (IOException | RuntimeException | StackOverflowError e) { // a record may hold itself
      throw new UnreadableException(
          RejectionReason.UNDECODABLE, "the body does not decode: " + e.getMessage());
    }
  }
}
