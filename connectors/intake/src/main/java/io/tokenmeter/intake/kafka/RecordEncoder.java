package io.tokenmeter.intake.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records in the registry's wire format without asking the registry, which may be away. Not
 * thread-safe.
 */
final class RecordEncoder<T extends SpecificRecord> {
  private final byte[] wireHeader;
  private final SpecificDatumWriter<T> writer;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);

  /**
   * @param wireHeader what each value begins with: magic byte and schema id
   */
  RecordEncoder(byte[] wireHeader, Class<T> type) {
    this.wireHeader = wireHeader;
    this.writer = new SpecificDatumWriter<>(type);
  }

  byte[] encode(T record) {
    out.reset();
    out.writeBytes(wireHeader);
    try {
      writer.write(record, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written into memory
    }
    return out.toByteArray();
  }
}
