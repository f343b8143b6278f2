package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.schemas.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one generated class behind the registry's five header bytes, with reused decoder
 * and encoder and Avro's fast reader. One thread at a time.
 */
final class AvroCodec<T extends SpecificRecord> {
  static final int HEADER = 5;

  private final SpecificDatumReader<T> reader;
  private final SpecificDatumWriter<T> writer;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private @Nullable BinaryDecoder decoder;
  private @Nullable BinaryEncoder encoder;

  AvroCodec(Schema schema) {
    GeneratedClasses.trust();
    SpecificData data = SpecificData.getForSchema(schema);
    data.setFastReaderEnabled(true);
    reader = new SpecificDatumReader<>(schema, schema, data);
    writer = new SpecificDatumWriter<>(schema, data);
  }

  /** Decodes a value, into {@code reuse} where it is given. */
  T decode(byte[] value, @Nullable T reuse) {
    decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
    try {
      return reader.read(reuse, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Encodes a value; the schema id is 1, because nobody looks it up. */
  byte[] encode(T value) {
    out.reset();
    for (int i = 0; i < HEADER; i++) {
      out.write(i == HEADER - 1 ? 1 : 0);
    }
    encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
    try {
      writer.write(value, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
