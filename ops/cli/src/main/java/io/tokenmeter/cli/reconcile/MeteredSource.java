package io.tokenmeter.cli.reconcile;

/** Where what was metered is taken from. */
enum MeteredSource {
  /** Costed usage: exact by provider and tier, for as long as the topic keeps it. */
  EVENTS("events"),
  /** Roll-ups of hours by model: kept for longer, and without the provider. */
  ROLLUPS("rollups");

  private final String label;

  MeteredSource(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
