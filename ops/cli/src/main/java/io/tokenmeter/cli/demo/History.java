package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.cluster.UsageSender;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The usage of the days before the demo, which the detectors learn from: they judge what happens by
 * what is normal, and nothing is normal for a company that is a minute old.
 */
final class History {
  private static final Duration AT_ONCE = Duration.ofHours(1);

  private final TrafficGenerator generator;
  private final Timeline timeline;

  /** The part of a generator's traffic that is before what is watched. */
  History(TrafficGenerator generator, Timeline timeline) {
    this.generator = generator;
    this.timeline = timeline;
  }

  /**
   * Sends it all.
   *
   * @param progress hears how many events have been sent
   * @return how many events there were
   * @throws CommandFailedException if the broker refuses one
   */
  long send(UsageSender sender, LongConsumer progress) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long sent = 0;
    for (Instant at = timeline.from(); at.isBefore(timeline.live()); ) {
      at = at.plus(AT_ONCE).isBefore(timeline.live()) ? at.plus(AT_ONCE) : timeline.live();
      for (UsageEvent event : generator.until(at)) {
        sender.send(event, (metadata, exception) -> failure.compareAndSet(null, exception));
        sent++;
      }
      Exception refused = failure.get();
      if (refused != null) {
        throw new CommandFailedException(
            "the embedded broker did not take an event: " + refused.getMessage(), refused);
      }
      progress.accept(sent);
    }
    sender.flush();
    return sent;
  }
}
