package io.tokenmeter.cli;

import io.tokenmeter.cli.cluster.AdminClients;
import io.tokenmeter.cli.cluster.ClusterOptions;
import io.tokenmeter.streams.topics.CataloguedTopic;
import io.tokenmeter.streams.topics.TopicCatalogue;
import io.tokenmeter.streams.topics.TopicCreator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates the topics of the catalogue; may be repeated. */
@Command(
    name = "create",
    description =
        "Creates the topics of the catalogue that the cluster does not have yet. May be repeated: a"
            + " topic that exists stays as it is.",
    footer = {
      "",
      "Example: tokenmeter topics create --bootstrap-servers localhost:9092 --partitions 12"
    })
final class TopicsCreateCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private TopicPrefixOption prefix;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of every topic that is catalogued with more than one. The number of"
              + " usage-events decides how many instances and threads can share the work.")
  private @Nullable Integer partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Replicas of every topic. Default: the cluster's default.")
  private @Nullable Short replicationFactor;

  @Option(
      names = "--update-settings",
      description = "Set retention, compaction and so on of existing topics as catalogued.")
  private boolean updateSettings;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    requirePositive("--partitions", partitions);
    requirePositive("--replication-factor", replicationFactor);
    Map<String, String> settings = cluster.settings();
    TopicCreator.Plan plan =
        new TopicCreator.Plan(
            prefix.of(settings),
            partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions),
            Optional.ofNullable(replicationFactor),
            updateSettings,
            dryRun);
    try (Admin admin = AdminClients.create(settings)) {
      TopicCreator creator = new TopicCreator(admin);
      for (var entry : creator.create(TopicCatalogue.load().topics(), plan).entrySet()) {
        CataloguedTopic topic = entry.getKey();
        print(topic.fullName(plan.prefix()), entry.getValue(), creator.partitionsOf(topic, plan));
      }
    }
    return 0;
  }

  private void print(String topic, TopicCreator.Outcome outcome, int partitions) {
    String what =
        switch (outcome) {
          case CREATED ->
              (dryRun ? "would be created" : "created")
                  + " with "
                  + partitions
                  + (partitions == 1 ? " partition" : " partitions");
          case UPDATED ->
              "exists, settings " + (dryRun ? "would be set as catalogued" : "set as catalogued");
          case EXISTS -> "exists";
        };
    command.commandLine().getOut().println(topic + ": " + what);
  }

  private void requirePositive(String option, @Nullable Number value) {
    if (value != null && value.intValue() < 1) {
      throw new ParameterException(command.commandLine(), option + " must be 1 or more");
    }
  }
}
