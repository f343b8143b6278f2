package io.tokenmeter.connect.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Reads bodies that were written with one schema. Not safe for several threads. */
final class RecordReader {

  /** Avro's generic values, with decimals as BigDecimal. */
  static final GenericData DATA = decimals();

  private final GenericDatumReader<Object> reader;
  private final ValueMapping mapping;
  private @Nullable BinaryDecoder decoder;

  /**
   * A reader for a schema.
   *
   * @throws DataException if the schema has a type that Connect cannot hold
   */
  RecordReader(Schema schema, ConverterSettings settings) {
    this.reader = new GenericDatumReader<>(schema, schema, DATA);
    this.mapping = new ValueMappings(settings).ofRecord(schema);
  }

  /**
   * Reads a body.
   *
   * @throws DataException if it does not fit the schema, or goes on after it
   */
  SchemaAndValue read(ByteBuffer body) {
    byte[] bytes = body.array();
    int offset = body.arrayOffset() + body.position();
    decoder = DecoderFactory.get().binaryDecoder(bytes, offset, body.remaining(), decoder);
    try {
      Object value = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new DataException("the body goes on after the end of the record.");
      }
      return new SchemaAndValue(mapping.schema(), mapping.toConnect(value));
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DataException("the body does not fit its schema: " + e, e);
    }
  }

  private static GenericData decimals() {
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new DecimalConversion());
    data.setFastReaderEnabled(true);
    return data;
  }
}
