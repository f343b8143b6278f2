package io.tokenmeter.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What happens when at the demo's company, by the company's own clock.
 *
 * @param from when its history begins
 * @param live when the part begins that is watched
 */
record Timeline(Instant from, Instant live) {

  /** As much history as the detectors look back. */
  static final Duration HISTORY = Duration.ofDays(7);

  /** How long what is watched goes on until everything has happened. */
  static final Duration EVERYTHING = Duration.ofHours(1);

  /** A company with its history before what is watched. */
  static Timeline of(Instant live) {
    return new Timeline(live.minus(HISTORY), live);
  }

  /** Something that happens at a time, in a sentence. */
  record Happening(Instant at, String sentence) {}

  /** The producer of the invoices stops: it is silent before anybody watches. */
  Instant invoicesStop() {
    return minutes(-12);
  }

  /** A request reads a whole archive. */
  Instant archiveRead() {
    return minutes(3);
  }

  /** The catalogue's tags move to a dearer model. */
  Instant taggingMoves() {
    return minutes(5);
  }

  /** A leaked key is used by strangers. */
  Instant keyLeaks() {
    return minutes(8);
  }

  /** The leaked key is taken from the strangers. */
  Instant leakStops() {
    return minutes(22);
  }

  /** The pilot's model gets its price. */
  Instant pilotPriced() {
    return minutes(18);
  }

  /** A reviewing agent is lost in a loop. */
  Instant agentLoops() {
    return minutes(28);
  }

  /** What there is to see, in its order. */
  List<Happening> story() {
    return List.of(
        new Happening(invoicesStop(), "The producer of the invoices has stopped."),
        new Happening(
            live, "A pilot uses " + Company.UNPRICED_MODEL + ", which has no price: it is held."),
        new Happening(archiveRead(), "A researcher sends a whole archive to a dear model."),
        new Happening(taggingMoves(), "The tagger is moved from gpt-4o-mini to gpt-4o."),
        new Happening(keyLeaks(), Company.LEAKED_KEY + " has leaked: strangers use it."),
        new Happening(
            pilotPriced(), Company.UNPRICED_MODEL + " has its price: what was held is priced."),
        new Happening(leakStops(), "The leaked key is withdrawn."),
        new Happening(agentLoops(), "A reviewing agent is lost in a loop."),
        new Happening(minutes(44), "The reviewing agent has given up."));
  }

  private Instant minutes(int since) {
    return live.plus(Duration.ofMinutes(since));
  }
}
