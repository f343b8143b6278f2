package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.Progress;
import io.tokenmeter.streams.cluster.RegistryClient;
import io.tokenmeter.streams.cluster.TopicTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Compares what one application has committed with what it should have, given its committed input.
 *
 * <p>Can be asked again while the application works: it reads on where it was.
 */
public final class Proof implements AutoCloseable {
  private final Progress progress;
  private final TopicTail inputTail;
  private final TopicTail priceTail;
  private final TopicTail costedTail;
  private final TopicTail rollupTail;
  private final TopicTail rejectedTail;
  private final TopicTail runTail;
  private final Records<Price> priceRecords;
  private final ReferencePrices prices = new ReferencePrices();
  private final InputLedger input;
  private final OutputLedger output;
  private final ZoneOffset zone;
  private Set<String> pricedLate = Set.of();
  private Predicate<Instant> tooOld = time -> false;
  private boolean withRuns;

  /** A proof for an application whose days begin in the given zone. */
  public Proof(Deployment deployment, ZoneOffset zone) {
    this.zone = zone;
    progress = new Progress(deployment);
    inputTail = tail(deployment, "usage-events");
    priceTail = tail(deployment, "price-table");
    costedTail = tail(deployment, "costed-usage");
    rollupTail = tail(deployment, "usage-rollups");
    rejectedTail = tail(deployment, "rejected-events");
    runTail = tail(deployment, "workflow-runs");
    RegistryClient registry = new RegistryClient(deployment.cluster().confluentRegistryUrl());
    priceRecords = new Records<>(registry, Price.getClassSchema());
    input = new InputLedger(new Records<>(registry, UsageEvent.getClassSchema()));
    output =
        new OutputLedger(
            new Records<>(registry, CostedUsage.getClassSchema()),
            new Records<>(registry, UsageRollup.getClassSchema()),
            new Records<>(registry, RejectedEvent.getClassSchema()),
            new Records<>(registry, WorkflowRun.getClassSchema()));
  }

  private static TopicTail tail(Deployment deployment, String topic) {
    return new TopicTail(deployment.cluster(), deployment.topic(topic));
  }

  /** Names models whose prices were published after their first events. */
  public Proof withModelsPricedLate(String... models) {
    pricedLate = Set.of(models);
    return this;
  }

  /** Says which events came too long after they happened to be in any roll-up. */
  public Proof withoutRollupsOf(Predicate<Instant> occurredAt) {
    tooOld = occurredAt;
    return this;
  }

  /** Compares the records of runs as well, of whose events none may be older than they are kept. */
  public Proof withRuns() {
    withRuns = true;
    return this;
  }

  /**
   * Waits until the application has done its work and everything agrees.
   *
   * @throws AssertionError with the differences, if some are left when the time is over
   */
  public Proof await(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    progress.awaitDone(timeout);
    Differences differences = differences();
    while (differences.count() > 0 && System.nanoTime() < end) {
      // Held events are priced between commits; their number is no offset that could be waited for.
      Thread.sleep(200);
      progress.awaitDone(timeout);
      differences = differences();
    }
    if (differences.count() > 0) {
      throw new AssertionError(differences.toString());
    }
    return this;
  }

  /** Reads on and compares. */
  private Differences differences() {
    inputTail.readOn(input::read);
    priceTail.readOn(this::readPrice);
    costedTail.readOn(output::readCosted);
    rollupTail.readOn(output::readRollup);
    rejectedTail.readOn(output::readRejected);
    runTail.readOn(output::readRun);
    Differences differences =
        new Comparison(input, prices, output, zone, pricedLate, tooOld).differences();
    if (withRuns) {
      new RunComparison(input, prices, output).addTo(differences);
    }
    return differences;
  }

  private void readPrice(ConsumerRecord<byte[], byte[]> record) {
    try {
      Price row = record.value() == null ? null : priceRecords.decode(record.value());
      prices.put(new String(record.key(), StandardCharsets.UTF_8), row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Number of distinct events in the input that were to be metered. */
  public long events() {
    return input.events().size();
  }

  /** Number of events in the input that came again. */
  public long duplicates() {
    return input.duplicates();
  }

  /** Number of records in the input that had to be rejected. */
  public long rejects() {
    return input.rejects().size();
  }

  /** Number of events that were written as unpriced first and with a cost later. */
  public long repriced() {
    return output.costed().values().stream().filter(revisions -> revisions.size() > 1).count();
  }

  /** Number of runs. */
  public long runs() {
    return output.runs().size();
  }

  /** Number of roll-ups. */
  public long rollups() {
    return output.rollups().size();
  }

  @Override
  public void close() {
    progress.close();
    inputTail.close();
    priceTail.close();
    costedTail.close();
    rollupTail.close();
    rejectedTail.close();
    runTail.close();
  }
}
