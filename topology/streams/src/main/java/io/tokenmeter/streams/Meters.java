package io.tokenmeter.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tokenmeter.domain.alert.AlertState;
import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.usage.RejectionReason;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the application counts, beside Kafka's own metrics. Counted as records are processed, so a
 * crash may count twice.
 */
public final class Meters {
  private final Counter events;
  private final Counter duplicates;
  private final Counter held;
  private final Counter repriced;
  private final Counter repriceRequests;
  private final Counter staleRepriceRequests;
  private final Counter needlessRepriceRequests;
  private final Counter corrected;
  private final Counter beyondRetention;
  private final Counter restatementsBeyondRetention;
  private final Counter badPrices;
  private final Counter badPolicies;
  private final Counter badBudgets;
  private final Counter stepsBeyondRetention;
  private final Counter droppedFindings;
  private final Counter[] rejected;
  private final Counter[] findings;
  private final Counter[] firing;
  private final Counter[] resolved;
  private final AtomicInteger openIncidents = new AtomicInteger();

  /** Meters that are kept in the given registry. */
  public Meters(MeterRegistry registry) {
    events =
        Counter.builder("tokenmeter.events")
            .description("Usage events that passed validation, duplicates among them")
            .register(registry);
    duplicates =
        Counter.builder("tokenmeter.drop.duplicates")
            .description("Usage events dropped because their event_id was seen before")
            .register(registry);
    held =
        Counter.builder("tokenmeter.price.held")
            .description("Usage events held because no price covers them")
            .register(registry);
    repriced =
        Counter.builder("tokenmeter.price.repriced")
            .description("Held usage events that were priced later")
            .register(registry);
    repriceRequests =
        Counter.builder("tokenmeter.reprice.requests")
            .description("Requests to price a past event again")
            .register(registry);
    staleRepriceRequests =
        Counter.builder("tokenmeter.reprice.stale")
            .description("Such requests about a record that was replaced already, or still is held")
            .register(registry);
    needlessRepriceRequests =
        Counter.builder("tokenmeter.reprice.needless")
            .description("Such requests whose event costs what it did")
            .register(registry);
    corrected =
        Counter.builder("tokenmeter.reprice.corrected")
            .description("Events whose cost was corrected upon request")
            .register(registry);
    restatementsBeyondRetention =
        Counter.builder("tokenmeter.roll.up.restatements.beyond.retention")
            .description(
                "Corrections per dimension, key and minute older than rollup.retention.ms: in"
                    + " costed-usage, but in no roll-up")
            .register(registry);
    beyondRetention =
        Counter.builder("tokenmeter.roll.up.beyond.retention")
            .description(
                "Requests per dimension older than rollup.retention.ms: costed, but in no roll-up")
            .register(registry);
    stepsBeyondRetention =
        Counter.builder("tokenmeter.track.run.beyond.retention")
            .description("Steps of runs that are no longer known: costed, but in no run's record")
            .register(registry);
    badPrices =
        Counter.builder("tokenmeter.price.table.bad.records")
            .description("Records of the price table that could not be read")
            .register(registry);
    badPolicies =
        Counter.builder("tokenmeter.detector.policies.bad.records")
            .description("Records of detector-policies that could not be used")
            .register(registry);
    badBudgets =
        Counter.builder("tokenmeter.budgets.bad.records")
            .description("Records of budgets that could not be used")
            .register(registry);
    droppedFindings =
        Counter.builder("tokenmeter.join.incidents.dropped.findings")
            .description("Findings dropped because too many incidents were open")
            .register(registry);
    Gauge.builder("tokenmeter.join.incidents.open", openIncidents, AtomicInteger::get)
        .description("Incidents that wait for siblings or fire")
        .register(registry);
    findings = byDetector(registry, "tokenmeter.findings", "What detectors found", "");
    firing = byDetector(registry, "tokenmeter.alerts", "Alerts written", "FIRING");
    resolved = byDetector(registry, "tokenmeter.alerts", "Alerts written", "RESOLVED");
    rejected =
        Arrays.stream(RejectionReason.values())
            .map(
                reason ->
                    Counter.builder("tokenmeter.rejected")
                        .description("Records sent to rejected-events")
                        .tag("reason", reason.name())
                        .register(registry))
            .toArray(Counter[]::new);
  }

  private static Counter[] byDetector(
      MeterRegistry registry, String name, String description, String state) {
    return Arrays.stream(Detector.values())
        .map(
            detector ->
                Counter.builder(name)
                    .description(description)
                    .tag("detector", detector.label())
                    .tags(state.isEmpty() ? Tags.empty() : Tags.of("state", state))
                    .register(registry))
        .toArray(Counter[]::new);
  }

  /** A detector found that a cause begins or has ended. */
  public void finding(Detector detector) {
    findings[detector.ordinal()].increment();
  }

  /** An alert was written. */
  public void alert(Detector detector, AlertState state) {
    (state == AlertState.FIRING ? firing : resolved)[detector.ordinal()].increment();
  }

  /** Findings were dropped because too many incidents were open. */
  public void droppedFindings(long count) {
    droppedFindings.increment((double) count);
  }

  /** So many incidents wait or fire. */
  public void openIncidents(int open) {
    openIncidents.set(open);
  }

  /** An event passed validation. */
  public void event() {
    events.increment();
  }

  /** An event was dropped as a duplicate. */
  public void duplicate() {
    duplicates.increment();
  }

  /** An event is held for want of a price. */
  public void held() {
    held.increment();
  }

  /** A held event was priced. */
  public void repriced() {
    repriced.increment();
  }

  /** Somebody asks for an event to be priced again. */
  public void repriceRequest() {
    repriceRequests.increment();
  }

  /** A request is about a record that was replaced already, or about an event that is held. */
  public void staleRepriceRequest() {
    staleRepriceRequests.increment();
  }

  /** A request is about an event that costs what it did. */
  public void needlessRepriceRequest() {
    needlessRepriceRequests.increment();
  }

  /** An event's cost was corrected upon request. */
  public void corrected() {
    corrected.increment();
  }

  /** Corrections of one subject's minute came too late for any roll-up. */
  public void restatementBeyondRetention() {
    restatementsBeyondRetention.increment();
  }

  /** Requests of one dimension came too late for any roll-up. */
  public void beyondRetention(long requests) {
    beyondRetention.increment((double) requests);
  }

  /** A step came too late for its run. */
  public void stepBeyondRetention() {
    stepsBeyondRetention.increment();
  }

  /** A record of the price table could not be read. */
  public void badPrice() {
    badPrices.increment();
  }

  /** A record of the detectors' policies could not be used. */
  public void badPolicy() {
    badPolicies.increment();
  }

  /** A record of the budgets could not be used. */
  public void badBudget() {
    badBudgets.increment();
  }

  /** A record was rejected. */
  public void rejected(RejectionReason reason) {
    rejected[reason.ordinal()].increment();
  }
}
