package io.tokenmeter.streams.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class PatientDeserializerTest {
  private int calls;
  private boolean hurry;

  @Test
  void registryThatAnswersAtLast_givesTheRecord() {
    Deserializer<Object> deserializer =
        patient(
            Duration.ofMinutes(1),
            () -> {
              if (calls < 3) {
                throw noAnswer();
              }
              return "record";
            });
    assertThat(deserializer.deserialize("t", new byte[0])).isEqualTo("record");
    assertThat(calls).isEqualTo(3);
  }

  @Test
  void registryThatDoesNotAnswer_isTimedOut() {
    Deserializer<Object> deserializer =
        patient(
            Duration.ofMillis(150),
            () -> {
              throw noAnswer();
            });
    assertThatThrownBy(() -> deserializer.deserialize("t", new byte[0]))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith("the schema registry does not answer: ");
    assertThat(calls).isGreaterThan(1);
  }

  @Test
  void applicationThatStops_doesNotWait() {
    Deserializer<Object> deserializer =
        patient(
            Duration.ofMinutes(1),
            () -> {
              hurry = true;
              throw noAnswer();
            });
    assertThatThrownBy(() -> deserializer.deserialize("t", new byte[0]))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void damagedRecord_isReadOnce() {
    Deserializer<Object> deserializer =
        patient(
            Duration.ofMinutes(1),
            () -> {
              throw new AvroRuntimeException("Malformed data");
            });
    assertThatThrownBy(() -> deserializer.deserialize("t", new byte[0]))
        .isInstanceOf(AvroRuntimeException.class);
    assertThat(calls).isEqualTo(1);
  }

  private interface Reading {
    Object read();
  }

  private Deserializer<Object> patient(Duration patience, Reading reading) {
    return new PatientDeserializer(
        (topic, value) -> {
          calls++;
          return reading.read();
        },
        patience,
        () -> hurry);
  }

  private static RuntimeException noAnswer() {
    return new RuntimeException(new ExecutionException(new ConnectException("refused")));
  }
}
