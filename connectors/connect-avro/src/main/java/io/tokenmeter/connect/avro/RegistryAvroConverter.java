package io.tokenmeter.connect.avro;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect converter that reads Avro records in the schema registry's wire format, for sinks.
 *
 * <p>It reads only. Schemas are fetched from the Confluent-compatible API, which Apicurio Registry
 * (under {@code /apis/ccompat/v7}) and Confluent's registry serve, and are kept by id.
 *
 * <p>What becomes of a type: decimals stay exact ({@code org.apache.kafka.connect.data.Decimal}),
 * timestamps keep their microseconds as ISO-8601 text ({@code io.debezium.time.ZonedTimestamp},
 * which JDBC sinks write as TIMESTAMPTZ), enums are text, and fields that hold records, arrays or
 * maps are JSON text ({@code io.debezium.data.Json}) unless {@code nested.format} says otherwise.
 *
 * <p>A record that cannot be read is a {@link DataException}, which a connector's error tolerance
 * covers. A registry that does not answer is a {@code RetriableException}: give the connector
 * {@code errors.retry.timeout=-1}, so that it waits instead of giving the record up.
 */
public final class RegistryAvroConverter implements Converter {

  private final Map<Integer, RecordReader> readers = new HashMap<>();
  private @Nullable ConverterSettings settings;
  private @Nullable RegistrySchemas schemas;

  @Override
  public ConfigDef config() {
    return ConverterSettings.DEFINITION;
  }

  /**
   * Takes the settings of {@link ConverterSettings}.
   *
   * @param isKey not distinguished: keys of the same format are read alike
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    settings = new ConverterSettings(configs);
    schemas = new RegistrySchemas(settings);
  }

  /**
   * Reads one record.
   *
   * @throws DataException if the bytes are not what they should be, or the registry does not know
   *     their schema
   * @throws org.apache.kafka.connect.errors.RetriableException if the registry does not answer
   */
  @Override
  public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
    if (value == null) {
      return SchemaAndValue.NULL;
    }
    try {
      WireFormat record = WireFormat.of(value);
      return reader(record.schemaId()).read(record.body());
    } catch (DataException e) {
      throw new DataException("Record of topic " + topic + ": " + e.getMessage(), e);
    }
  }

  /**
   * Always fails: this converter reads only.
   *
   * @throws DataException always
   */
  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    throw new DataException(
        "RegistryAvroConverter reads only, so it cannot write to topic "
            + topic
            + ". Use it with sink connectors, or name another converter.");
  }

  private RecordReader reader(int id) {
    RecordReader known = readers.get(id);
    if (known != null) {
      return known;
    }
    if (settings == null || schemas == null) {
      throw new IllegalStateException("configure was not called");
    }
    RecordReader reader = new RecordReader(schemas.byId(id), settings);
    readers.put(id, reader);
    return reader;
  }
}
