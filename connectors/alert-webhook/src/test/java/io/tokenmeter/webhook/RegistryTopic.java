package io.tokenmeter.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes alerts as the application does: Avro in the registry's wire format. */
final class RegistryTopic implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;
  private final int schemaId;

  RegistryTopic(String bootstrapServers, String registry) throws Exception {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    GeneratedClasses.trust();
    schemaId = register(registry);
  }

  void send(Alert alert) throws Exception {
    String id = alert.getAlertId().toString();
    producer.send(new ProducerRecord<>(Alerts.TOPIC, id, encode(alert))).get();
  }

  private byte[] encode(Alert alert) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new org.apache.avro.specific.SpecificDatumWriter<>(Alert.class).write(alert, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static int register(String registry) throws Exception {
    ObjectMapper json = new ObjectMapper();
    String body = json.writeValueAsString(Map.of("schema", Alert.SCHEMA$.toString()));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(registry + "/subjects/" + Alerts.TOPIC + "-value/versions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return json.readTree(answer).path("id").intValue();
  }

  @Override
  public void close() {
    producer.close();
  }
}
