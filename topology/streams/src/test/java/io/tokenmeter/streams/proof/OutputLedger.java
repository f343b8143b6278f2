package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.LineItem;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.proof.InputLedger.Place;
import io.tokenmeter.streams.proof.InputLedger.Reject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the application has committed to its output topics. */
final class OutputLedger {
  private static final int EVENT_FIELDS = UsageEvent.getClassSchema().getFields().size();

  /** One record of costed-usage, without the event's own fields but for a hash of them. */
  record Costed(
      int revision,
      PricingStatus status,
      BigDecimal cost,
      BigDecimal input,
      BigDecimal output,
      BigDecimal cacheRead,
      BigDecimal cacheWrite,
      BigDecimal fee,
      boolean addsUp,
      int content) {}

  private final Records<CostedUsage> costedRecords;
  private final Records<UsageRollup> rollupRecords;
  private final Records<RejectedEvent> rejectedRecords;
  private final Map<String, List<Costed>> costed = new HashMap<>();
  private final Map<String, UsageRollup> rollups = new HashMap<>();
  private final Records<WorkflowRun> runRecords;
  private final Map<String, WorkflowRun> runs = new HashMap<>();
  private final Map<Place, Reject> rejected = new HashMap<>();
  private final Differences irregularities = new Differences();

  OutputLedger(
      Records<CostedUsage> costedRecords,
      Records<UsageRollup> rollupRecords,
      Records<RejectedEvent> rejectedRecords,
      Records<WorkflowRun> runRecords) {
    this.runRecords = runRecords;
    this.costedRecords = costedRecords;
    this.rollupRecords = rollupRecords;
    this.rejectedRecords = rejectedRecords;
  }

  /** All revisions of an event, in the order in which they were committed. */
  Map<String, List<Costed>> costed() {
    return costed;
  }

  /** The latest record of each key. */
  Map<String, UsageRollup> rollups() {
    return rollups;
  }

  /** The latest record of each run. */
  Map<String, WorkflowRun> runs() {
    return runs;
  }

  Map<Place, Reject> rejected() {
    return rejected;
  }

  /** What is wrong whatever the input was: a record twice, a revision that goes back. */
  Differences irregularities() {
    return irregularities;
  }

  void readCosted(ConsumerRecord<byte[], byte[]> record) {
    CostedUsage usage = decode(costedRecords, record);
    irregularities.compare("key", "costed usage", usage.getEventId(), key(record));
    UsageEvent event = new UsageEvent();
    for (int field = 0; field < EVENT_FIELDS; field++) {
      event.put(field, usage.get(field));
    }
    costed
        .computeIfAbsent(usage.getEventId(), id -> new ArrayList<>(1))
        .add(
            new Costed(
                usage.getRevision(),
                usage.getPricingStatus(),
                usage.getCostUsd(),
                usage.getInputCostUsd(),
                usage.getOutputCostUsd(),
                usage.getCacheReadCostUsd(),
                usage.getCacheWriteCostUsd(),
                usage.getFeeCostUsd(),
                linesAddUp(usage),
                event.hashCode()));
  }

  private static boolean linesAddUp(CostedUsage usage) {
    BigDecimal sum = BigDecimal.ZERO;
    for (LineItem line : usage.getLines()) {
      BigDecimal cost = line.getQuantity().multiply(line.getUnitPriceUsd());
      if (line.getCostUsd().compareTo(cost.setScale(12, RoundingMode.HALF_EVEN)) != 0) {
        return false;
      }
      sum = sum.add(line.getCostUsd());
    }
    return usage.getCostUsd() == null
        ? usage.getLines().isEmpty()
        : sum.compareTo(usage.getCostUsd()) == 0;
  }

  void readRollup(ConsumerRecord<byte[], byte[]> record) {
    UsageRollup rollup = decode(rollupRecords, record);
    UsageRollup before = rollups.put(key(record), rollup);
    if (before != null && before.getRevision() >= rollup.getRevision()) {
      irregularities.add(
          "revision of "
              + key(record)
              + " goes from "
              + before.getRevision()
              + " to "
              + rollup.getRevision());
    }
  }

  void readRun(ConsumerRecord<byte[], byte[]> record) {
    WorkflowRun run = decode(runRecords, record);
    irregularities.compare("key", "a run", run.getRunId(), key(record));
    WorkflowRun before = runs.put(run.getRunId(), run);
    if (before != null && before.getRevision() >= run.getRevision()) {
      irregularities.add(
          "revision of run "
              + run.getRunId()
              + " goes from "
              + before.getRevision()
              + " to "
              + run.getRevision());
    }
  }

  void readRejected(ConsumerRecord<byte[], byte[]> record) {
    RejectedEvent event = decode(rejectedRecords, record);
    Place place = new Place(event.getSourcePartition(), event.getSourceOffset());
    Reject reject = new Reject(event.getReason(), hash(event.getRawValue()));
    if (rejected.put(place, reject) != null) {
      irregularities.add("rejected twice: " + place);
    }
  }

  private static int hash(ByteBuffer value) {
    if (value == null) {
      return Arrays.hashCode((byte[]) null);
    }
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return Arrays.hashCode(bytes);
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private static <T> T decode(Records<T> records, ConsumerRecord<byte[], byte[]> record) {
    try {
      return records.decode(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException("offset " + record.offset() + " of " + record.topic(), e);
    }
  }
}
