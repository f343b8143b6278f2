package io.tokenmeter.streams.alert;

import io.tokenmeter.domain.alert.Alert;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.schemas.AlertDriver;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes Alert records. Asks no registry: an alert must come through also when that is down. Not
 * thread-safe.
 */
final class AlertWriter {
  private final byte[] wireHeader;
  private final DatumWriter<io.tokenmeter.schemas.Alert> writer =
      new SpecificDatumWriter<>(io.tokenmeter.schemas.Alert.getClassSchema());

  /**
   * A writer.
   *
   * @param wireHeader what an Alert record's value begins with, before the Avro body
   */
  AlertWriter(byte[] wireHeader) {
    this.wireHeader = wireHeader;
  }

  /** The record's value in the registry's wire format. */
  byte[] value(Alert alert) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.writeBytes(wireHeader);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      writer.write(record(alert), encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written into memory
    }
    return out.toByteArray();
  }

  private static io.tokenmeter.schemas.Alert record(Alert alert) {
    Long resolved = alert.resolvedMicros();
    return io.tokenmeter.schemas.Alert.newBuilder()
        .setAlertId(alert.id())
        .setState(AlertState.valueOf(alert.state().name()))
        .setDetector(alert.detector().label())
        .setSeverity(Severity.valueOf(alert.severity().name()))
        .setDimension(alert.subject().dimension())
        .setKey(alert.subject().key())
        .setSince(instant(alert.sinceMicros()))
        .setUpdatedAt(instant(alert.updatedMicros()))
        .setObservedUsd(dollars(alert.observed()))
        .setExpectedUsd(dollars(alert.expected()))
        .setThresholdUsd(dollars(alert.threshold()))
        .setAtStakeUsd(dollars(alert.atStake()))
        .setSentence(alert.sentence())
        .setCause(alert.cause())
        .setAlso(alert.also().stream().map(Subject::toString).toList())
        .setWindowStart(instant(alert.windowStartMicros()))
        .setWindowEnd(instant(alert.windowEndMicros()))
        .setResolvedAt(resolved == null ? null : instant(resolved))
        .setDrivers(
            alert.drivers().stream()
                .map(
                    driver ->
                        new AlertDriver(
                            driver.kind().label(), driver.part().toBigDecimal(), driver.detail()))
                .toList())
        .build();
  }

  private static @Nullable BigDecimal dollars(@Nullable Money money) {
    return money == null ? null : money.toBigDecimal();
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
