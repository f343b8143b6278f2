package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("io.tokenmeter.test.Sample").fields().requiredString("id").endRecord();
  private static final GenericRecord SAMPLE =
      new GenericRecordBuilder(SCHEMA).set("id", "abc").build();

  private static EmbeddedRegistry registry;

  @BeforeAll
  static void startRegistry() {
    registry = EmbeddedRegistry.start();
  }

  @AfterAll
  static void closeRegistry() {
    registry.close();
  }

  @Test
  void serializer_writesConfluentsFraming_andBothApisKnowTheId() throws Exception {
    byte[] bytes = serialize("framing");

    assertThat(bytes[0]).isZero();
    int id = ByteBuffer.wrap(bytes).getInt(1);
    assertThat(bytes).hasSize(1 + 4 + 1 + "abc".length());
    assertThat(get(registry.url() + "/ids/contentIds/" + id)).isEqualTo(SCHEMA.toString());
    assertThat(get(registry.confluentUrl() + "/schemas/ids/" + id)).contains("io.tokenmeter.test");
    assertThat(get(registry.confluentUrl() + "/subjects/framing-value/versions/latest"))
        .contains("\"id\":" + id);
  }

  @Test
  void deserializer_givesAGenericRecordWithTheWritersSchema() {
    byte[] bytes = serialize("reading");

    GenericRecord read = deserialize("reading", bytes);

    assertThat(read.getSchema()).isEqualTo(SCHEMA);
    assertThat(read.get("id")).hasToString("abc");
  }

  @Test
  void restart_keepsAddressAndIds() {
    byte[] bytes = serialize("restart");
    String address = registry.url();

    registry.stop();
    assertThat(registry.isRunning()).isFalse();
    assertThat(registry.isHealthy()).isFalse();
    registry.startAgain();

    assertThat(registry.url()).isEqualTo(address);
    assertThat(deserialize("restart", bytes).get("id")).hasToString("abc");
    assertThat(serialize("restart")).isEqualTo(bytes);
  }

  @Test
  void suspend_leavesRequestsWithoutAnswerUntilResume() {
    registry.suspend();
    try {
      assertThat(registry.isRunning()).isTrue();
      assertThat(registry.isHealthy()).isFalse();
    } finally {
      registry.resume();
    }
    assertThat(registry.isHealthy()).isTrue();
  }

  @Test
  void ctrlC_reachesTheChildAndIsIgnored() throws Exception {
    Command interrupt =
        Command.run(Path.of("/"), List.of("kill", "-INT", Long.toString(registry.pid())));

    assertThat(interrupt.failed()).isFalse();
    Thread.sleep(300);
    assertThat(registry.isHealthy()).isTrue();
  }

  @Test
  void start_onABusyPort_saysSo() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      RegistryOptions options = RegistryOptions.defaults().withPort(busy.getLocalPort());
      assertThatThrownBy(() -> EmbeddedRegistry.start(options))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("Port " + busy.getLocalPort())
          .hasMessageContaining("already in use");
    }
  }

  @Test
  void start_thatTakesTooLong_saysSoAndLeavesNoProcess() {
    long before = children();
    RegistryOptions options = RegistryOptions.defaults().withStartTimeout(Duration.ZERO);

    assertThatThrownBy(() -> EmbeddedRegistry.start(options))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("did not answer within 0 seconds")
        .hasMessageContaining("The end of its log");
    assertThat(children()).isEqualTo(before);
  }

  @Test
  void close_mayBeRepeated() {
    EmbeddedRegistry closing = EmbeddedRegistry.start();
    closing.close();

    assertThatCode(closing::close).doesNotThrowAnyException();
    assertThat(closing.isRunning()).isFalse();
    assertThatThrownBy(closing::startAgain).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] serialize(String topic) {
    try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
      serializer.configure(
          Map.of(
              "apicurio.registry.url", registry.url(), "apicurio.registry.auto-register", "true"),
          false);
      return serializer.serialize(topic, SAMPLE);
    }
  }

  private static GenericRecord deserialize(String topic, byte[] bytes) {
    try (AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>()) {
      deserializer.configure(Map.of("apicurio.registry.url", registry.url()), false);
      return deserializer.deserialize(topic, bytes);
    }
  }

  private static String get(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static long children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }
}
