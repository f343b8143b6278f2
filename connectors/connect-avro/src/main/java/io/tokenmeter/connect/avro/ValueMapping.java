package io.tokenmeter.connect.avro;

import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Avro schema become Connect's.
 *
 * @param schema Connect's schema
 * @param conversion from Avro's value, never null, to Connect's
 * @param whenAbsent Connect's value for Avro's null
 */
record ValueMapping(
    Schema schema, Function<Object, Object> conversion, @Nullable Object whenAbsent) {

  ValueMapping(Schema schema, Function<Object, Object> conversion) {
    this(schema, conversion, null);
  }

  @Nullable Object toConnect(@Nullable Object value) {
    return value == null ? whenAbsent : conversion.apply(value);
  }
}
