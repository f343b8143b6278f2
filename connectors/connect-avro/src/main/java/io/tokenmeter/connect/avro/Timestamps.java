package io.tokenmeter.connect.avro;

import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Tells Avro's points in time from other whole numbers. */
final class Timestamps {

  private Timestamps() {}

  /** In what a schema's values are counted since the epoch; null if they are no points in time. */
  static @Nullable ChronoUnit unit(Schema schema) {
    LogicalType type = schema.getLogicalType();
    if (type instanceof LogicalTypes.TimestampMicros) {
      return ChronoUnit.MICROS;
    }
    if (type instanceof LogicalTypes.TimestampMillis) {
      return ChronoUnit.MILLIS;
    }
    return null;
  }
}
