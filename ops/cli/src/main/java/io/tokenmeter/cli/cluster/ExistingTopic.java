package io.tokenmeter.cli.cluster;

import io.tokenmeter.cli.CommandFailedException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A topic that must be there before it is read, since a reader would wait for it. */
public final class ExistingTopic {

  private ExistingTopic() {}

  /**
   * The full name of a catalogued topic of the cluster.
   *
   * @throws CommandFailedException with the command that creates it, if there is none
   */
  public static String require(Cluster cluster, String name)
      throws ExecutionException, InterruptedException {
    String topic = cluster.topic(name);
    try (Admin admin = cluster.admin()) {
      if (!admin.listTopics().names().get().contains(topic)) {
        throw new CommandFailedException(
            "there is no topic "
                + topic
                + "; name another prefix with --prefix"
                + " or create the topics with: tokenmeter topics create");
      }
    }
    return topic;
  }
}
