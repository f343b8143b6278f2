package io.tokenmeter.streams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

  private final TopicCatalogue catalogue = TopicCatalogue.load();

  @Test
  void catalogue_namesEveryTopicOfTheFlow() {
    assertThat(catalogue.topics())
        .extracting(CataloguedTopic::name)
        .containsExactly(
            "usage-events",
            "reprice-requests",
            "price-table",
            "budgets",
            "detector-policies",
            "costed-usage",
            "usage-rollups",
            "workflow-runs",
            "alerts",
            "rejected-events");
  }

  @Test
  void everyTopic_isStampedOnArrivalSoThatOldUsageIsNeitherRefusedNorExpired() {
    assertThat(catalogue.topics())
        .allSatisfy(
            topic ->
                assertThat(topic.settings())
                    .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }

  @Test
  void everySetting_isOneThatKafkaHas() {
    assertThat(catalogue.topics())
        .flatExtracting(topic -> topic.settings().keySet())
        .isSubsetOf(LogConfig.configNames());
  }

  @Test
  void priceTable_isReadWholeAndSoNeverScales() {
    assertThat(catalogue.topic("price-table").scales()).isFalse();
    assertThat(catalogue.topic("usage-events").scales()).isTrue();
    assertThat(catalogue.topic("usage-events").fullName("tokenmeter."))
        .isEqualTo("tokenmeter.usage-events");
  }

  @Test
  void repriceRequests_arePartitionedAsUsageEventsAre() {
    assertThat(catalogue.topic("reprice-requests").partitionsOf()).isEqualTo("usage-events");
    assertThat(catalogue.topic("reprice-requests").partitions())
        .isEqualTo(catalogue.topic("usage-events").partitions());
  }

  @Test
  void unknownTopic_isRefusedByName() {
    assertThatThrownBy(() -> catalogue.topic("usage"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no topic 'usage' in the catalogue");
  }
}
