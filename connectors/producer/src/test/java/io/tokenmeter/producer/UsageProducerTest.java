package io.tokenmeter.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class UsageProducerTest {

  private final MockProducer<String, UsageEvent> kafka =
      new MockProducer<>(false, null, new StringSerializer(), avroBody());
  private final UsageProducer producer = new UsageProducer(kafka, "tokenmeter.usage-events");

  private static Serializer<UsageEvent> avroBody() {
    return (topic, event) -> {
      try {
        return UsageEvent.getEncoder().encode(event).array();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static UsageEventBuilder event(String id) {
    return UsageEventBuilder.of(id, "openai", "gpt-4o").inputTokens(10).outputTokens(2);
  }

  @Test
  void stepOfARun_isKeyedByTheRun_soThatTheRunStaysInOnePartition() {
    CompletableFuture<RecordMetadata> sent =
        producer.send(event("e1").run("helpdesk", "run-7").build());

    assertThat(sent).isNotDone();
    assertThat(kafka.completeNext()).isTrue();
    assertThat(sent).isCompleted();
    ProducerRecord<String, UsageEvent> record = kafka.history().get(0);
    assertThat(record.topic()).isEqualTo("tokenmeter.usage-events");
    assertThat(record.key()).isEqualTo("run-7");
    assertThat(record.timestamp()).isNull();
  }

  @Test
  void eventWithoutARun_isKeyedByItsId_soThatASecondCopyMeetsTheFirst() {
    UsageEvent event = event("e1").build();

    producer.send(event);
    producer.send(event);

    assertThat(kafka.history()).extracting(ProducerRecord::key).containsExactly("e1", "e1");
  }

  @Test
  void failure_isTheFutures() {
    CompletableFuture<RecordMetadata> sent = producer.send(event("e1").build());

    kafka.errorNext(new TimeoutException("no broker"));

    assertThatThrownBy(sent::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no broker");
  }

  @Test
  void close_closesTheProducerUnderIt() {
    producer.close();

    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void settings_areThoseOfKafkasProducer_andLoseOrDoubleNothing() {
    var settings =
        UsageProducerSettings.of("localhost:9092", "http://localhost:8081/apis/registry/v3");

    assertThat(settings)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    assertThat(ProducerConfig.configNames())
        .containsAll(
            settings.keySet().stream().filter(name -> !name.startsWith("apicurio.")).toList());
  }
}
