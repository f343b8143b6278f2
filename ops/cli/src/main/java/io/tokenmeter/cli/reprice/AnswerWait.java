package io.tokenmeter.cli.reprice;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.cluster.ApplicationGroup;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.ProcessingWait;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.ProgressLine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Waits until every request is answered in costed-usage, and what follows is in the roll-ups. */
final class AnswerWait {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final Duration patience;
  private final ProgressLine progress;
  private long progressNanos = System.nanoTime();

  /**
   * A wait.
   *
   * @param patience how long nothing may happen
   */
  AnswerWait(Cluster cluster, Duration patience, ProgressLine progress) {
    this.cluster = cluster;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Waits.
   *
   * @param from where costed-usage ended before the first request was sent
   * @throws CommandFailedException if nothing happens for too long
   */
  void await(CostedUsageTopic topic, Map<TopicPartition, Long> from, Answers answers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = cluster.admin()) {
      ApplicationGroup group = new ApplicationGroup(admin, cluster.config());
      topic.seek(from);
      while (answers.missing() > 0) {
        long missing = answers.missing();
        topic.poll(POLL, record -> answers.take(record, topic.recosting()));
        look(group, answers, answers.missing() < missing);
      }
      new ProcessingWait(cluster, group)
          .awaitRollups(
              left -> {
                progress.show("all are answered; waiting for the roll-ups");
                requirePatience(group, answers, false);
              });
    } finally {
      progress.clear();
    }
  }

  private void look(ApplicationGroup group, Answers answers, boolean moved)
      throws ExecutionException, InterruptedException {
    progress.show(
        "answered "
            + Figures.count(answers.all() - answers.missing())
            + " of "
            + Figures.count(answers.all()));
    requirePatience(group, answers, moved);
  }

  private void requirePatience(ApplicationGroup group, Answers answers, boolean moved)
      throws ExecutionException, InterruptedException {
    long now = System.nanoTime();
    progressNanos = moved ? now : progressNanos;
    if (now - progressNanos <= patience.toNanos()) {
      return;
    }
    String answered =
        Figures.count(answers.all() - answers.missing())
            + " of "
            + Figures.count(answers.all())
            + " requests are answered"
            + (answers.missing() == 0 ? ", but not all roll-ups are written" : "");
    throw new CommandFailedException(
        answered
            + " and nothing has happened for "
            + Figures.span(patience)
            + (group.hasMembers()
                ? ""
                : "; the application "
                    + group.id()
                    + " does not run: the requests wait until it does")
            + ". The same command with --dry-run says what is left");
  }
}
