package io.tokenmeter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.topics.CataloguedTopic;
import io.tokenmeter.streams.topics.TopicCatalogue;
import io.tokenmeter.streams.topics.TopicState;
import io.tokenmeter.streams.topics.TopicState.Difference;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicReportTest {

  private static final CataloguedTopic USAGE_EVENTS = TopicCatalogue.load().topic("usage-events");
  private static final CataloguedTopic PRICE_TABLE = TopicCatalogue.load().topic("price-table");

  @Test
  void text_showsEveryTopicWhatDiffersAndTheCommandThatMendsIt() {
    assertThat(String.join("\n", report(differing(), wrongPartitions(), missing()).text()))
        .isEqualTo(
            """
            TOPIC                    PARTITIONS  REPLICAS  CLEANUP  RETENTION  STATE
            tokenmeter.usage-events          12         3  delete         1 h  differs
            tokenmeter.price-table            2         3  compact          -  differs
            tokenmeter.usage-events           -         -  delete         7 d  missing
            tokenmeter.usage-events: retention.ms is 3600000, catalogued as 604800000
            tokenmeter.price-table: partitions is 2, catalogued as 1
            To mend: tokenmeter topics create --update-settings --config a.properties
            To mend: kafka-topics.sh --delete --topic tokenmeter.price-table, \
            then tokenmeter topics create --config a.properties""");
  }

  @Test
  void text_ofTopicsAsCatalogued_suggestsNothing() {
    TopicState fine =
        new TopicState(USAGE_EVENTS, "tokenmeter.usage-events", true, 12, 3, List.of());

    assertThat(report(fine).text()).hasSize(2).noneMatch(line -> line.contains("mend"));
  }

  @Test
  void missingTopics_areMendedByCreatingThem() {
    assertThat(report(missing()).text())
        .endsWith("To mend: tokenmeter topics create --config a.properties");
  }

  @Test
  void json_holdsTheSame() {
    assertThat(report(differing()).json())
        .isEqualTo(
            "{\"topics\":[{\"topic\":\"tokenmeter.usage-events\",\"exists\":true,"
                + "\"matches\":false,\"partitions\":12,\"catalogued_partitions\":8,"
                + "\"replication_factor\":3,\"differences\":[{\"setting\":\"retention.ms\","
                + "\"catalogued\":\"604800000\",\"actual\":\"3600000\"}]}],"
                + "\"mend\":[\"tokenmeter topics create --update-settings"
                + " --config a.properties\"]}");
  }

  private static TopicReport report(TopicState... states) {
    return new TopicReport(List.of(states), " --config a.properties");
  }

  private static TopicState differing() {
    return new TopicState(
        USAGE_EVENTS,
        "tokenmeter.usage-events",
        true,
        12,
        3,
        List.of(new Difference("retention.ms", "604800000", "3600000")));
  }

  private static TopicState wrongPartitions() {
    return new TopicState(
        PRICE_TABLE,
        "tokenmeter.price-table",
        true,
        2,
        3,
        List.of(new Difference(Difference.PARTITIONS, "1", "2")));
  }

  private static TopicState missing() {
    return new TopicState(USAGE_EVENTS, "tokenmeter.usage-events", false, 0, 0, List.of());
  }
}
