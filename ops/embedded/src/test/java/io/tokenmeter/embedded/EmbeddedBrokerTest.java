package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  private static EmbeddedBroker broker;
  private static KafkaTool kafka;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
    kafka = new KafkaTool(broker.bootstrapServers());
  }

  @AfterAll
  static void closeBroker() {
    broker.close();
  }

  @Test
  void start_runsTheLatestProductionFeatures() throws Exception {
    try (Admin admin = kafka.admin()) {
      var features = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      assertThat(features.get("metadata.version").maxVersionLevel())
          .isEqualTo(MetadataVersion.latestProduction().featureLevel());
      assertThat(features.get("transaction.version").maxVersionLevel()).isEqualTo((short) 2);
    }
  }

  @Test
  void topic_thatNobodyCreated_isUnknown() {
    try (Admin admin = kafka.admin()) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("by-accident")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void transaction_thatWasAborted_isNotReadByCommittedReaders() throws Exception {
    kafka.createTopic("transactions", 2);
    try (Producer<String, String> producer = kafka.transactionalProducer("test")) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "a", "aborted"));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "a", "committed"));
      producer.commitTransaction();
    }
    assertThat(kafka.readCommitted("transactions", 1)).containsExactly("committed");
  }

  @Test
  void restart_keepsDataAndPortAndConnectedClients() throws Exception {
    kafka.createTopic("restart", 1);
    String before = broker.bootstrapServers();
    try (Producer<String, String> producer = kafka.transactionalProducer("restart")) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("restart", "before"));
      producer.commitTransaction();

      broker.restart();

      producer.beginTransaction();
      producer.send(new ProducerRecord<>("restart", "after"));
      producer.commitTransaction();
    }
    assertThat(broker.bootstrapServers()).isEqualTo(before);
    assertThat(kafka.readCommitted("restart", 2)).containsExactly("before", "after");
  }

  @Test
  void start_withAGivenDirectory_keepsItOnCloseAndPicksItUpAgain(@TempDir Path directory)
      throws Exception {
    BrokerOptions options = BrokerOptions.defaults().withDataDirectory(directory);
    try (EmbeddedBroker first = EmbeddedBroker.start(options)) {
      KafkaTool tool = new KafkaTool(first.bootstrapServers());
      tool.createTopic("kept", 1);
      try (Producer<String, String> producer = tool.producer()) {
        producer.send(new ProducerRecord<>("kept", "kept")).get();
      }
    }
    try (EmbeddedBroker second = EmbeddedBroker.start(options)) {
      assertThat(new KafkaTool(second.bootstrapServers()).readCommitted("kept", 1))
          .containsExactly("kept");
    }
  }

  @Test
  void start_withASetting_passesItToTheBroker() throws Exception {
    BrokerOptions options = BrokerOptions.defaults().withSetting("message.max.bytes", "4242424");
    try (EmbeddedBroker configured = EmbeddedBroker.start(options);
        Admin admin = new KafkaTool(configured.bootstrapServers()).admin()) {
      ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");
      assertThat(
              admin
                  .describeConfigs(List.of(node))
                  .all()
                  .get()
                  .get(node)
                  .get("message.max.bytes")
                  .value())
          .isEqualTo("4242424");
    }
  }

  @Test
  void start_onABusyPort_saysSo() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      BrokerOptions options = BrokerOptions.defaults().withPort(busy.getLocalPort());
      assertThatThrownBy(() -> EmbeddedBroker.start(options))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("Port " + busy.getLocalPort())
          .hasMessageContaining("already in use");
    }
  }

  @Test
  void start_withAWrongSetting_saysWhichOne() {
    BrokerOptions options = BrokerOptions.defaults().withSetting("num.io.threads", "many");
    assertThatThrownBy(() -> EmbeddedBroker.start(options))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("num.io.threads");
  }

  @Test
  void close_deletesTheTemporaryDirectoryAndMayBeRepeated() {
    EmbeddedBroker closing = EmbeddedBroker.start();
    assertThat(closing.dataDirectory()).exists();

    closing.close();

    assertThat(closing.dataDirectory()).doesNotExist();
    assertThat(closing.isRunning()).isFalse();
    assertThatCode(closing::close).doesNotThrowAnyException();
    assertThatThrownBy(closing::startAgain).isInstanceOf(IllegalStateException.class);
  }
}
