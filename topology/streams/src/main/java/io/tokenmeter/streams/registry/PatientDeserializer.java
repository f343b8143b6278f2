package io.tokenmeter.streams.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Tries again for a while when the registry does not answer: that says nothing about the record,
 * which whoever reads it must not take for a bad one.
 */
final class PatientDeserializer implements Deserializer<Object> {
  private static final long PAUSE_MILLIS = 100;

  private final Deserializer<Object> deserializer;
  private final Duration patience;

  PatientDeserializer(Deserializer<Object> deserializer, Duration patience) {
    this.deserializer = deserializer;
    this.patience = patience;
  }

  /**
   * Reads a record.
   *
   * @throws TimeoutException if the registry does not answer for too long
   */
  @Override
  public Object deserialize(String topic, byte[] value) {
    long start = System.nanoTime();
    while (true) {
      try {
        return deserializer.deserialize(topic, value);
      } catch (RuntimeException e) {
        if (RegistryFailure.of(e) != RegistryFailure.NO_ANSWER) {
          throw e;
        }
        if (System.nanoTime() - start > patience.toNanos()) {
          throw new TimeoutException("the schema registry does not answer: " + e.getMessage(), e);
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
