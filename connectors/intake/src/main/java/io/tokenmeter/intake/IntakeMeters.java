package io.tokenmeter.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tokenmeter.intake.config.UsageFormat;
import io.tokenmeter.intake.kafka.MappedBody;
import io.tokenmeter.mapping.MappedItem;
import java.time.Duration;

/** What the intake counts, beside what Kafka's clients count themselves. */
public final class IntakeMeters {
  private final MeterRegistry registry;
  private final Counter notDelivered;

  /** Meters that are kept in the given registry. */
  public IntakeMeters(MeterRegistry registry) {
    this.registry = registry;
    notDelivered =
        Counter.builder("tokenmeter.intake.not.delivered")
            .description("Requests answered 503 because Kafka did not take all of their events")
            .register(registry);
  }

  /**
   * A request was answered.
   *
   * @param nanos time from its headers to its answer
   */
  public void request(String path, int status, long nanos) {
    Timer.builder("tokenmeter.intake.requests")
        .description("Requests by path and status, from their headers to their answer")
        .tag("path", path)
        .tag("status", Integer.toString(status))
        .publishPercentiles(0.5, 0.99)
        .register(registry)
        .record(Duration.ofNanos(nanos));
  }

  /** Kafka has what became of a body. */
  public void mapped(UsageFormat format, MappedBody body) {
    items("tokenmeter.intake.events", "Usage events written to usage-events", format)
        .increment(body.accepted().size());
    items("tokenmeter.intake.ignored", "Items that are not about usage", format)
        .increment(body.ignored());
    for (MappedItem.Rejected rejected : body.rejections()) {
      Counter.builder("tokenmeter.intake.rejected")
          .description("Items written to rejected-events")
          .tag("format", format.label())
          .tag("reason", rejected.rejection().reason().name())
          .register(registry)
          .increment();
    }
  }

  /** Kafka did not take all events of a request. */
  public void notDelivered() {
    notDelivered.increment();
  }

  private Counter items(String name, String description, UsageFormat format) {
    return Counter.builder(name)
        .description(description)
        .tag("format", format.label())
        .register(registry);
  }
}
