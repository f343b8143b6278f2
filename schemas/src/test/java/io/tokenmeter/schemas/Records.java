package io.tokenmeter.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Records to bytes and back, and their values as text that can be compared and reviewed. */
final class Records {
  private static final GenericData MODEL = new GenericData();

  static {
    MODEL.addLogicalTypeConversion(new Conversions.DecimalConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
  }

  private Records() {}

  static byte[] encode(IndexedRecord record) {
    Schema schema = record.getSchema();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      if (record instanceof SpecificRecord) {
        new SpecificDatumWriter<IndexedRecord>(schema).write(record, encoder);
      } else {
        new GenericDatumWriter<IndexedRecord>(schema, MODEL).write(record, encoder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static IndexedRecord decode(byte[] bytes, Schema writer, Schema reader) {
    try {
      return new GenericDatumReader<IndexedRecord>(writer, reader, MODEL)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every value by its path, such as {@code lines[0].unit}. */
  static Map<String, String> values(IndexedRecord record) {
    Map<String, String> values = new TreeMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      collect(field.name(), record.get(field.pos()), values);
    }
    return values;
  }

  private static void collect(String path, Object value, Map<String, String> values) {
    if (value instanceof IndexedRecord record) {
      values(record).forEach((inner, text) -> values.put(path + "." + inner, text));
    } else if (value instanceof List<?> list) {
      values.put(path + ".size", String.valueOf(list.size()));
      for (int i = 0; i < list.size(); i++) {
        collect(path + "[" + i + "]", list.get(i), values);
      }
    } else if (value instanceof Map<?, ?> map) {
      values.put(path + ".size", String.valueOf(map.size()));
      map.forEach((key, entry) -> collect(path + "{" + key + "}", entry, values));
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      values.put(path, HexFormat.of().formatHex(copy));
    } else if (value instanceof BigDecimal decimal) {
      values.put(path, decimal.toPlainString());
    } else if (value instanceof CharSequence text) {
      values.put(path, "\"" + text + "\"");
    } else {
      values.put(path, String.valueOf(value));
    }
  }
}
