package io.tokenmeter.benchmarks.workload;

import java.util.Locale;

/** What is special about the traffic of one bench run. */
public enum Variant {
  /** Ten models, two of which take half of the traffic, and 500 skewed API keys. */
  DEFAULT,
  /** Every event on one model and one API key. */
  HOT,
  /** Every tenth event is a resent copy of an earlier one. */
  DUPLICATES,
  /** One million API keys, used equally often. */
  KEYS,
  /** Runs of 100,000 steps each, one after the other. */
  LONGRUNS,
  /** The events of LONGRUNS in their order, as runs of 10 steps each. */
  SHORTRUNS;

  /** The name on the command line and in the output. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
