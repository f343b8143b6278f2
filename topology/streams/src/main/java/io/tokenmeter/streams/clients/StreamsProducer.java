package io.tokenmeter.streams.clients;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells Kafka Streams of each record that it could not send, and of those that it has sent only for
 * changelogs.
 *
 * <p>Kafka Streams notes the offset of every record and measures its size in the callback, which
 * was a twelfth of the application's CPU time. It needs the offsets of changelogs, for checkpoints.
 * What was sent to other topics is in the producer's own metrics by topic.
 */
final class StreamsProducer extends KafkaProducer<byte[], byte[]> {
  /** As Kafka Streams names its changelogs, and tells them apart itself. */
  private static final String CHANGELOG = "-changelog";

  StreamsProducer(Map<String, Object> config) {
    super(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    if (callback == null || record.topic().endsWith(CHANGELOG)) {
      return super.send(record, callback);
    }
    return super.send(record, (metadata, failure) -> onlyFailure(callback, metadata, failure));
  }

  private static void onlyFailure(
      Callback callback, RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      callback.onCompletion(metadata, failure);
    }
  }
}
