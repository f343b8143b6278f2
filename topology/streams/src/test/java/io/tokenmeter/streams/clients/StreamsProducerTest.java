package io.tokenmeter.streams.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.cluster.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kafka Streams is told, by a real broker. */
class StreamsProducerTest {
  private final String topic = "told-" + UUID.randomUUID();
  private final String changelog = topic + "-changelog";
  private final List<@Nullable Exception> told = new ArrayList<>();

  @BeforeEach
  void createTopics() throws Exception {
    try (Admin admin = Admin.create(bootstrap())) {
      admin
          .createTopics(
              List.of(new NewTopic(topic, 1, (short) 1), new NewTopic(changelog, 1, (short) 1)))
          .all()
          .get();
    }
  }

  @Test
  void recordOfAChangelog_isTold_andNoOtherThatWasSent() throws Exception {
    try (StreamsProducer producer = producer()) {
      producer.send(record(topic, 10), (metadata, failure) -> told.add(failure)).get();
      producer.flush();
      assertThat(told).isEmpty();

      producer.send(record(changelog, 10), (metadata, failure) -> told.add(failure));
      producer.flush();
      assertThat(told).hasSize(1).containsOnlyNulls();
    }
  }

  @Test
  void recordThatCannotBeSent_isTold() {
    try (StreamsProducer producer = producer()) {
      producer.send(record(topic, 5000), (metadata, failure) -> told.add(failure));
      producer.flush();
      assertThat(told).singleElement().isInstanceOf(RecordTooLargeException.class);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, int bytes) {
    return new ProducerRecord<>(topic, new byte[bytes]);
  }

  private static StreamsProducer producer() {
    Map<String, Object> config = new HashMap<>(bootstrap());
    config.put("max.request.size", 1000);
    return new StreamsProducer(config);
  }

  private static Map<String, Object> bootstrap() {
    return Map.of("bootstrap.servers", Cluster.shared().bootstrapServers());
  }
}
