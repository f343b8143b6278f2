package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A joiner under a clock that the test moves, with all alerts it has given. */
final class Joining {
  /** When the clock starts: 2026-03-15T10:30:00Z. */
  static final long START_MILLIS = 1_773_570_600_000L;

  private final JoinRules rules;
  private final Map<Long, byte[]> store = new HashMap<>();
  private final List<Alert> alerts = new ArrayList<>();
  private IncidentJoiner joiner;
  private long nowMillis = START_MILLIS;

  Joining() {
    this(JoinRules.DEFAULT);
  }

  Joining(JoinRules rules) {
    this.rules = rules;
    joiner = new IncidentJoiner(rules);
  }

  /** Spend of {@code dimension:key} is up since so many seconds after the start. */
  static Finding up(String subject, String stake, int sinceSeconds) {
    return finding(Detector.ANOMALY, "spend-up", subject, stake, sinceSeconds);
  }

  /** The model mix of {@code dimension:key} has moved since so many seconds after the start. */
  static Finding drift(String subject, int sinceSeconds) {
    return finding(Detector.MODEL_DRIFT, "mix", subject, "100", sinceSeconds);
  }

  /** As {@link #up}, explained by something else than volume. */
  static Finding up(String subject, String stake, int sinceSeconds, Driver.Kind kind) {
    return explained(up(subject, stake, sinceSeconds), kind, null);
  }

  /** Spend is up because a model's price is; {@code model} is null where it is not known which. */
  static Finding dearer(String subject, String stake, int sinceSeconds, @Nullable String model) {
    return explained(up(subject, stake, sinceSeconds), Driver.Kind.PRICE_PER_TOKEN, model);
  }

  /** As if it had taken so many seconds to find. */
  static Finding foundAfter(Finding finding, int seconds) {
    return new Finding(
        finding.detector(),
        finding.cause(),
        finding.subject(),
        true,
        finding.sinceMicros(),
        finding.sinceMicros() + seconds * 1_000_000L,
        finding.windowStartMicros(),
        finding.windowEndMicros(),
        finding.observed(),
        finding.expected(),
        finding.threshold(),
        finding.atStake(),
        finding.severity(),
        finding.drivers(),
        finding.priceOf(),
        finding.sentence());
  }

  private static Finding explained(Finding finding, Driver.Kind kind, @Nullable String model) {
    return new Finding(
        finding.detector(),
        finding.cause(),
        finding.subject(),
        finding.firing(),
        finding.sinceMicros(),
        finding.atMicros(),
        finding.windowStartMicros(),
        finding.windowEndMicros(),
        finding.observed(),
        finding.expected(),
        finding.threshold(),
        finding.atStake(),
        finding.severity(),
        List.of(new Driver(kind, Money.parse("10"), "what it was and is")),
        model,
        finding.sentence());
  }

  static Finding finding(
      Detector detector, String cause, String subject, String stake, int sinceSeconds) {
    String[] parts = subject.split(":", 2);
    long since = micros(sinceSeconds);
    return new Finding(
        detector,
        cause,
        new Subject(parts[0], parts[1]),
        true,
        since,
        since + 30_000_000L,
        since - 600_000_000L,
        since,
        Money.parse("12"),
        Money.parse("2"),
        null,
        Money.parse(stake),
        Severity.WARNING,
        List.of(new Driver(Driver.Kind.REQUEST_VOLUME, Money.parse("10"), "1 to 6 a minute")),
        subject + " is up.");
  }

  static long micros(int seconds) {
    return START_MILLIS * 1000 + seconds * 1_000_000L;
  }

  Joining on(Finding... findings) {
    for (Finding finding : findings) {
      alerts.addAll(joiner.on(finding, nowMillis));
    }
    return this;
  }

  /** Says that a cause has ended, now. */
  Joining end(Finding... findings) {
    for (Finding finding : findings) {
      on(finding.ended(nowMillis * 1000, finding.subject() + " is normal."));
    }
    return this;
  }

  /** Moves the clock by so many seconds, looking once a second. */
  Joining after(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nowMillis += 1000;
      alerts.addAll(joiner.tick(nowMillis));
    }
    return this;
  }

  /** Goes on with another joiner that has only what this one wrote. */
  Joining restart() {
    save();
    joiner = new IncidentJoiner(rules);
    store.forEach((number, entry) -> joiner.restore(number, entry, nowMillis));
    return this;
  }

  /** What has been stored. */
  Map<Long, byte[]> save() {
    joiner.writeChanges(
        (number, entry) -> {
          if (entry == null) {
            store.remove(number);
          } else {
            store.put(number, entry);
          }
        });
    return store;
  }

  IncidentJoiner joiner() {
    return joiner;
  }

  /** All alerts so far as {@code STATE subject+also+also}. */
  List<String> told() {
    return alerts.stream()
        .map(
            alert -> {
              StringBuilder text = new StringBuilder(alert.state() + " " + alert.subject());
              alert.also().forEach(subject -> text.append(" + ").append(subject));
              return text.toString();
            })
        .toList();
  }

  List<Alert> alerts() {
    return alerts;
  }
}
