package io.tokenmeter.streams.registry;

import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The registry's wire format: a zero byte, four bytes of schema id, the Avro body.
 *
 * <p>Source: Confluent, "Wire format"; Apicurio's serializers write the same.
 */
public final class WireFormat {
  /** Bytes before the Avro body. */
  public static final int HEADER_BYTES = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /** Whether the bytes can be a record in this format. */
  public static boolean isFramed(byte[] value) {
    return value.length >= HEADER_BYTES && value[0] == MAGIC;
  }

  /** The schema id of a framed record. */
  public static int schemaId(byte[] value) {
    return (value[1] << 24)
        | ((value[2] & 0xff) << 16)
        | ((value[3] & 0xff) << 8)
        | (value[4] & 0xff);
  }

  /**
   * What every record of a topic begins with, learnt by serializing a sample: this registers the
   * schema where the serializer does so, and works with any serializer of this format.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if the registry refuses the
   *     schema
   */
  public static byte[] header(Serializer<Object> serializer, String topic, SpecificRecord sample) {
    byte[] value = serializer.serialize(topic, sample);
    if (!isFramed(value)) {
      throw new IllegalStateException(
          serializer.getClass().getName()
              + " does not write the registry's wire format; set it to use 4-byte schema ids");
    }
    return ByteBuffer.allocate(HEADER_BYTES).put(value, 0, HEADER_BYTES).array();
  }
}
