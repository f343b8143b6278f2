package io.tokenmeter.domain.alert;

/** The detectors. */
public enum Detector {
  /** Spend of a subject away from what is normal for it. */
  ANOMALY("anomaly"),
  /** Spend of a subject over a share of its budget, or on the way there. */
  BUDGET("budget"),
  /** One request that costs more, or writes more, than it should. */
  REQUEST_SPIKE("request-spike"),
  /** A subject's traffic moves between models. */
  MODEL_DRIFT("model-drift"),
  /** A run of a workflow over its limits while it still runs. */
  RUNAWAY_WORKFLOW("runaway-workflow"),
  /** Usage of a model without a price. */
  UNPRICED_MODEL("unpriced-model"),
  /** Prices that nobody has published for long. */
  STALE_PRICES("stale-prices"),
  /** A subject that always reports and has stopped. */
  INGEST_SILENCE("ingest-silence");

  private final String label;

  Detector(String label) {
    this.label = label;
  }

  /** The name in policies, alerts and metrics. */
  public String label() {
    return label;
  }
}
