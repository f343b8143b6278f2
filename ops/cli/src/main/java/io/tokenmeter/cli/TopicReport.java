package io.tokenmeter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.streams.topics.TopicState;
import io.tokenmeter.streams.topics.TopicState.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What {@code topics describe} prints: the state of every topic, and for what is wrong the command
 * that mends it.
 */
final class TopicReport {

  private final List<TopicState> states;
  private final String options;

  /**
   * A report over these topics.
   *
   * @param options the cluster's options as the user gave them, repeated in the suggested commands
   */
  TopicReport(List<TopicState> states, String options) {
    this.states = states;
    this.options = options;
  }

  List<String> text() {
    TextTable table = new TextTable("lrrlrl");
    table.row("TOPIC", "PARTITIONS", "REPLICAS", "CLEANUP", "RETENTION", "STATE");
    for (TopicState state : states) {
      table.row(
          state.fullName(),
          state.exists() ? Integer.toString(state.partitions()) : "-",
          state.exists() ? Integer.toString(state.replicationFactor()) : "-",
          setting(state, TopicConfig.CLEANUP_POLICY_CONFIG),
          retention(setting(state, TopicConfig.RETENTION_MS_CONFIG)),
          !state.exists() ? "missing" : state.matches() ? "as catalogued" : "differs");
    }
    List<String> lines = new ArrayList<>(table.lines());
    for (TopicState state : states) {
      for (Difference difference : state.differences()) {
        lines.add(
            "%s: %s is %s, catalogued as %s"
                .formatted(
                    state.fullName(),
                    difference.setting(),
                    difference.actual(),
                    difference.catalogued()));
      }
    }
    for (String command : mendingCommands()) {
      lines.add("To mend: " + command);
    }
    return lines;
  }

  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode topics = root.putArray("topics");
    for (TopicState state : states) {
      ObjectNode topic = topics.addObject();
      topic.put("topic", state.fullName());
      topic.put("exists", state.exists());
      topic.put("matches", state.matches());
      topic.put("partitions", state.partitions());
      topic.put("catalogued_partitions", state.topic().partitions());
      topic.put("replication_factor", state.replicationFactor());
      ArrayNode differences = topic.putArray("differences");
      for (Difference difference : state.differences()) {
        differences
            .addObject()
            .put("setting", difference.setting())
            .put("catalogued", difference.catalogued())
            .put("actual", difference.actual());
      }
    }
    ArrayNode commands = root.putArray("mend");
    mendingCommands().forEach(commands::add);
    return root.toString();
  }

  /** The setting as it is on the cluster; as catalogued, where the topic is missing. */
  private static String setting(TopicState state, String name) {
    return state.differences().stream()
        .filter(difference -> difference.setting().equals(name))
        .map(Difference::actual)
        .findFirst()
        .orElse(state.topic().settings().getOrDefault(name, "-"));
  }

  private static String retention(String millis) {
    if (millis.equals("-")) {
      return millis;
    }
    return millis.equals("-1")
        ? "unlimited"
        : Figures.span(Duration.ofMillis(Long.parseLong(millis)));
  }

  private List<String> mendingCommands() {
    List<String> commands = new ArrayList<>();
    boolean missing = states.stream().anyMatch(state -> !state.exists());
    boolean settings =
        states.stream().flatMap(s -> s.differences().stream()).anyMatch(d -> !isPartitions(d));
    if (settings) {
      commands.add("tokenmeter topics create --update-settings" + options);
    } else if (missing) {
      commands.add("tokenmeter topics create" + options);
    }
    for (TopicState state : states) {
      if (state.differences().stream().anyMatch(TopicReport::isPartitions)) {
        // Kafka cannot take partitions away, so only a new topic helps.
        commands.add(
            "kafka-topics.sh --delete --topic %s, then tokenmeter topics create%s"
                .formatted(state.fullName(), options));
      }
    }
    return commands;
  }

  private static boolean isPartitions(Difference difference) {
    return difference.setting().equals(Difference.PARTITIONS);
  }
}
