package io.tokenmeter.cli;

import io.tokenmeter.cli.cluster.AdminClients;
import io.tokenmeter.cli.cluster.ClusterOptions;
import io.tokenmeter.streams.topics.TopicCatalogue;
import io.tokenmeter.streams.topics.TopicInspector;
import io.tokenmeter.streams.topics.TopicState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the catalogue with a cluster's topics. */
@Command(
    name = "describe",
    description =
        "Shows the topics of the catalogue as they are on the cluster, and what differs. Exit code 1"
            + " if a topic is missing or is not as catalogued.",
    footer = {"", "Example: tokenmeter topics describe --bootstrap-servers localhost:9092"})
final class TopicsDescribeCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private TopicPrefixOption prefix;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Map<String, String> settings = cluster.settings();
    List<TopicState> states;
    try (Admin admin = AdminClients.create(settings)) {
      states =
          new TopicInspector(admin).inspect(TopicCatalogue.load().topics(), prefix.of(settings));
    }
    String options = cluster.asGiven() + prefix.asGiven();
    TopicReport report = new TopicReport(states, options);
    if (json) {
      command.commandLine().getOut().println(report.json());
    } else {
      report.text().forEach(command.commandLine().getOut()::println);
    }
    return states.stream().allMatch(TopicState::matches) ? 0 : 1;
  }
}
