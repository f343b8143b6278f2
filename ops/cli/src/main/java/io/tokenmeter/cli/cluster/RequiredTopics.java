package io.tokenmeter.cli.cluster;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.streams.topics.TopicCatalogue;
import io.tokenmeter.streams.topics.TopicInspector;
import io.tokenmeter.streams.topics.TopicState;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The topics that the application cannot do without. */
public final class RequiredTopics {

  private static final List<String> NAMES =
      List.of(
          "usage-events",
          "reprice-requests",
          "price-table",
          "detector-policies",
          "budgets",
          "costed-usage",
          "usage-rollups",
          "workflow-runs",
          "alerts",
          "rejected-events");

  private RequiredTopics() {}

  /**
   * Fails if one is missing.
   *
   * @param options the cluster's options as the user gave them
   * @throws CommandFailedException with the command that creates them
   */
  public static void require(Admin admin, String prefix, String options)
      throws ExecutionException, InterruptedException {
    TopicCatalogue catalogue = TopicCatalogue.load();
    List<String> missing =
        new TopicInspector(admin)
            .inspect(NAMES.stream().map(catalogue::topic).toList(), prefix).stream()
                .filter(state -> !state.exists())
                .map(TopicState::fullName)
                .toList();
    if (!missing.isEmpty()) {
      throw new CommandFailedException(
          "missing topics: "
              + String.join(", ", missing)
              + "; create them with: tokenmeter topics create"
              + options);
    }
  }
}
