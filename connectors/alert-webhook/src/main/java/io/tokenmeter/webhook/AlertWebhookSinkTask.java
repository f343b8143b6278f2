package io.tokenmeter.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alerts in the order in which they come, each at least once.
 *
 * <p>An alert that cannot be delivered is tried again until its budget is used up, and then goes to
 * the dead-letter topic. Meanwhile nothing overtakes it: all have the same receiver, which is down
 * for all of them, and RESOLVED must not arrive before FIRING. What is not delivered is not
 * committed; the task never blocks Connect's thread for longer than some requests take.
 */
public final class AlertWebhookSinkTask extends SinkTask {
  private static final Logger LOG = LoggerFactory.getLogger(AlertWebhookSinkTask.class);

  /** Connect's consumer must poll again within minutes. */
  private static final long LONGEST_TURN_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** From so many pending alerts on, no more are read; half of it lets reading go on. */
  private static final int MOST_PENDING = 1000;

  private final LongSupplier nanos;
  private final InstantSource clock;
  private final PendingAlerts pending = new PendingAlerts();
  private AlertFilter filter;
  private RequestFormat format;
  private Receiver receiver;
  private RequestRate rate;
  private Backoff backoff;
  private long budgetNanos;
  private long notBeforeNanos;
  private boolean paused;

  /** For Connect. */
  public AlertWebhookSinkTask() {
    this(System::nanoTime, InstantSource.system());
  }

  @SuppressWarnings("NullAway.Init")
  AlertWebhookSinkTask(LongSupplier nanos, InstantSource clock) {
    this.nanos = nanos;
    this.clock = clock;
  }

  @Override
  public String version() {
    return AlertWebhookSinkConnector.version(AlertWebhookSinkTask.class);
  }

  @Override
  public void start(Map<String, String> properties) {
    AlertWebhookConfig config = new AlertWebhookConfig(properties);
    filter = config.filter();
    format = RequestFormat.of(config);
    receiver = new Receiver(config.url(), config.timeout());
    rate = config.rate(nanos.getAsLong());
    backoff = config.backoff();
    budgetNanos = config.retryBudget().toNanos();
    notBeforeNanos = nanos.getAsLong();
  }

  /** Takes alerts over and posts what can be posted now; also called when nothing has come. */
  @Override
  public void put(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      take(record);
    }
    try {
      deliver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the task is being stopped; nothing more is committed
    }
    readOnOrWait();
  }

  private void take(SinkRecord record) {
    if (record.value() == null) {
      return; // a tombstone: the alert has expired
    }
    try {
      AlertRecord alert = AlertRecord.of(record.value());
      if (filter.passes(alert)) {
        pending.add(record, alert, nanos.getAsLong());
      }
    } catch (DataException e) {
      giveUp(record, e);
    }
  }

  private void deliver() throws InterruptedException {
    long began = nanos.getAsLong();
    boolean delivered = false;
    PendingAlerts.Pending next;
    while ((next = pending.first()) != null) {
      long now = nanos.getAsLong();
      long wait = Math.max(notBeforeNanos - now, rate.waitNanos(now));
      if (wait > 0 || now - began > LONGEST_TURN_NANOS) {
        context.timeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait) + 1));
        break;
      }
      delivered |= post(next);
    }
    if (delivered) {
      context.requestCommit(); // so that little is posted again after a crash
    }
  }

  /** Posts one alert; says whether it is done with. */
  private boolean post(PendingAlerts.Pending next) throws InterruptedException {
    rate.take();
    Instant now = clock.instant();
    Answer answer = receiver.post(format.request(next.alert, now), next.alert.idempotencyKey());
    switch (answer.outcome()) {
      case DELIVERED -> {
        if (next.failures > 0) {
          LOG.info("Alert {} was delivered after {} failures.", next.alert.id(), next.failures);
        }
        pending.removeFirst();
      }
      case TRY_AGAIN -> {
        return failed(next, answer);
      }
      case REFUSED -> {
        giveUp(next.record, new ConnectException(said(next, answer) + "; it is not tried again"));
        pending.removeFirst();
      }
      case MISCONFIGURED ->
          throw new ConnectException(
              said(next, answer)
                  + "; check webhook.url and its credentials, then restart the task: no alert is"
                  + " lost meanwhile");
    }
    return true;
  }

  private boolean failed(PendingAlerts.Pending next, Answer answer) {
    next.failures++;
    Duration wait = backoff.after(next.failures, answer.retryAfter(), RandomGenerator.getDefault());
    long now = nanos.getAsLong();
    notBeforeNanos = now + wait.toNanos();
    if (now - next.readNanos < budgetNanos) {
      LOG.warn(
          "{}; failure {}, next try in {} ms.", said(next, answer), next.failures, wait.toMillis());
      return false;
    }
    giveUp(
        next.record,
        new ConnectException(
            said(next, answer) + "; given up after " + next.failures + " tries in its time"));
    pending.removeFirst();
    return true;
  }

  private static String said(PendingAlerts.Pending next, Answer answer) {
    return "the receiver did not take alert " + next.alert.id() + " (" + answer.reason() + ")";
  }

  /**
   * To the dead-letter topic. Where there is none, this throws and Connect stops the task: so the
   * alert stays pending until then, or it would be committed as delivered.
   */
  private void giveUp(SinkRecord record, ConnectException why) {
    LOG.error("{}", why.getMessage());
    context.errantRecordReporter().report(record, why);
  }

  private void readOnOrWait() {
    boolean full = pending.size() >= (paused ? MOST_PENDING / 2 : MOST_PENDING);
    TopicPartition[] assigned = context.assignment().toArray(new TopicPartition[0]);
    if (full) {
      context.pause(assigned); // again, for partitions that were added since
    } else if (paused) {
      context.resume(assigned);
    }
    paused = full;
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> read) {
    return pending.deliveredOf(read);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    pending.forget(partitions);
  }

  @Override
  public void stop() {
    // The client has no threads of its own that would keep the worker from ending.
  }
}
