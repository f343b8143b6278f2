package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.UsageSender;
import io.tokenmeter.usagefiles.UsageFileReader;
import io.tokenmeter.usagefiles.UsageLine;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/** Sends the events of a usage file, line by line. */
final class FileSender {

  private final UsageSender sender;
  private final Pace pace;
  private final StopSignal stop;
  private final Consumer<SentFile> mayGoOn;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * A sender.
   *
   * @param mayGoOn asked before each event; throws if the user has given up
   */
  FileSender(UsageSender sender, Pace pace, StopSignal stop, Consumer<SentFile> mayGoOn) {
    this.mayGoOn = mayGoOn;
    this.sender = sender;
    this.pace = pace;
    this.stop = stop;
  }

  /**
   * Sends the whole file and waits until the broker has it.
   *
   * @param unreadable hears of lines that are no events
   * @param progress hears the number of each line that was sent
   * @throws CommandFailedException if the broker refuses an event, or the user gives up
   */
  SentFile send(
      UsageFileReader reader, Consumer<UsageLine.Unreadable> unreadable, LongConsumer progress)
      throws IOException, InterruptedException {
    SentFile sent = new SentFile();
    for (UsageLine line = reader.next(); line != null; line = reader.next()) {
      if (line instanceof UsageLine.Event event) {
        pace.await(event.event().getOccurredAt(), stop);
        requireNoTrouble(sent);
        sent.event(event.event());
        send(event, sent);
        progress.accept(line.number());
      } else if (line instanceof UsageLine.Unreadable bad) {
        sent.unreadable();
        unreadable.accept(bad);
      }
    }
    sender.flush();
    requireNoTrouble(sent);
    return sent;
  }

  private void send(UsageLine.Event line, SentFile sent) {
    sender.send(
        line.event(),
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          } else {
            sent.arrived(
                new TopicPartition(metadata.topic(), metadata.partition()),
                metadata.offset(),
                line.number());
          }
        });
  }

  private void requireNoTrouble(SentFile sent) {
    Exception thrown = failure.get();
    if (thrown != null) {
      throw new CommandFailedException(
          "Kafka did not take an event: "
              + thrown.getMessage()
              + "; repeat the replay, which doubles nothing",
          thrown);
    }
    mayGoOn.accept(sent);
  }
}
