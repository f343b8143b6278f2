package io.tokenmeter.streams.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.embedded.EmbeddedRegistry;
import io.tokenmeter.streams.registry.UsageBodies.UnreadableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real registry, because the exceptions of its client are nowhere promised. */
class SchemaLookupTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("io.tokenmeter.test.Sample").fields().requiredString("id").endRecord();

  private static EmbeddedRegistry registry;
  private static byte[] value;
  private static int id;

  @BeforeAll
  static void startRegistry() {
    registry = EmbeddedRegistry.start();
    try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
      serializer.configure(
          Map.of("apicurio.registry.url", registry.url(), "apicurio.registry.auto-register", true),
          false);
      value = serializer.serialize("t", new GenericRecordBuilder(SCHEMA).set("id", "abc").build());
    }
    id = ByteBuffer.wrap(value).getInt(1);
  }

  @AfterAll
  static void closeRegistry() {
    registry.close();
  }

  @Test
  void schema_ofAKnownId_isTheWriters() throws UnreadableException {
    assertThat(lookup().schema(id, value)).isEqualTo(SCHEMA);
  }

  @Test
  void schema_ofAnUnknownId_rejectsTheRecord() {
    assertRejected(lookup(), 4711, value, RejectionReason.UNKNOWN_SCHEMA);
  }

  @Test
  void schema_readOffARecordThatIsCutOff_rejectsTheRecordInsteadOfWaitingForever() {
    byte[] cutOff = Arrays.copyOf(value, value.length - 2);

    assertRejected(lookup(), id, cutOff, RejectionReason.UNDECODABLE);
  }

  @Test
  void schema_whenTheRegistryIsDown_isTriedAgainAndThenFound() throws UnreadableException {
    SchemaLookup lookup = lookup();
    registry.stop();
    try {
      assertThatThrownBy(() -> lookup.schema(id, value)).isInstanceOf(TimeoutException.class);
    } finally {
      registry.startAgain();
    }
    assertThat(lookup.schema(id, value)).isEqualTo(SCHEMA);
  }

  @Test
  void schema_whenTheRegistryHangs_isTriedAgainAndThenFound() throws UnreadableException {
    SchemaLookup lookup = lookup();
    registry.suspend();
    try {
      assertThatThrownBy(() -> lookup.schema(id, value))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("does not answer");
    } finally {
      registry.resume();
    }
    assertThat(lookup.schema(id, value)).isEqualTo(SCHEMA);
  }

  private static void assertRejected(
      SchemaLookup lookup, int unknownId, byte[] record, RejectionReason reason) {
    byte[] framed = record.clone();
    ByteBuffer.wrap(framed).putInt(1, unknownId);
    assertThatThrownBy(() -> lookup.schema(unknownId, framed))
        .isInstanceOfSatisfying(
            UnreadableException.class,
            unreadable -> assertThat(unreadable.rejection().reason()).isEqualTo(reason));
  }

  private static SchemaLookup lookup() {
    AvroKafkaDeserializer<Object> deserializer = new AvroKafkaDeserializer<>();
    deserializer.configure(Map.of("apicurio.registry.url", registry.url()), false);
    return new SchemaLookup("t", new TimeLimit(Duration.ofSeconds(3)).whileReading(deserializer));
  }
}
