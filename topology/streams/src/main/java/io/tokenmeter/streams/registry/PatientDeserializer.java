package io.tokenmeter.streams.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again for a while when the registry does not answer: that says nothing about the record,
 * which whoever reads it must not take for a bad one.
 */
final class PatientDeserializer implements Deserializer<Object> {
  private static final Logger log = LoggerFactory.getLogger(PatientDeserializer.class);
  private static final long PAUSE_MILLIS = 200;

  private final Deserializer<Object> deserializer;
  private final Duration patience;
  private final BooleanSupplier hurry;

  /**
   * Patience with a registry.
   *
   * @param hurry whether there is no time to wait any more
   */
  PatientDeserializer(Deserializer<Object> deserializer, Duration patience, BooleanSupplier hurry) {
    this.deserializer = deserializer;
    this.patience = patience;
    this.hurry = hurry;
  }

  /**
   * Reads a record.
   *
   * @throws RegistryUnavailableException if the registry does not answer for too long
   */
  @Override
  public Object deserialize(String topic, byte[] value) {
    long start = System.nanoTime();
    boolean waiting = false;
    while (true) {
      try {
        return deserializer.deserialize(topic, value);
      } catch (RuntimeException e) {
        if (RegistryFailure.of(e) != RegistryFailure.NO_ANSWER) {
          throw e;
        }
        if (hurry.getAsBoolean() || System.nanoTime() - start > patience.toNanos()) {
          throw new RegistryUnavailableException(e);
        }
        if (!waiting) {
          waiting = true;
          log.warn("the schema registry does not answer; waiting for it: {}", e.getMessage());
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    deserializer.close();
  }
}
