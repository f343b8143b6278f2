package io.tokenmeter.connect.avro;

import java.nio.ByteBuffer;
import org.apache.kafka.connect.errors.DataException;

/**
 * A record in the registry's wire format: a zero byte, the schema's id in four bytes, big endian,
 * and the Avro body (Confluent, "Wire format",
 * https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html).
 *
 * @param schemaId the schema's id in the registry
 * @param body the Avro body
 */
record WireFormat(int schemaId, ByteBuffer body) {

  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 5;

  /**
   * Takes a record apart.
   *
   * @throws DataException if it is not in this format
   */
  static WireFormat of(byte[] value) {
    if (value.length < HEADER_BYTES || value[0] != MAGIC) {
      throw new DataException(
          "not in the registry's wire format: %d bytes%s, where a zero byte and a schema id of four bytes are expected."
              .formatted(
                  value.length, value.length == 0 ? "" : ", the first 0x%02x".formatted(value[0])));
    }
    ByteBuffer bytes = ByteBuffer.wrap(value, 1, value.length - 1);
    int id = bytes.getInt();
    return new WireFormat(id, bytes.slice());
  }
}
