package io.tokenmeter.domain.alert;

/** How findings of a detector that have one cause are recognised. */
enum Grouping {
  /** Never: each finding stands for itself, and is reported at once. */
  NONE,
  /** By the time of onset and by the dollars: a key's excess is much of its project's. */
  BY_STAKE,
  /** By the time of onset alone: what falls silent, or was published, together. */
  BY_ONSET;

  static Grouping of(Detector detector) {
    return switch (detector) {
      case ANOMALY, MODEL_DRIFT -> BY_STAKE;
      case INGEST_SILENCE, STALE_PRICES -> BY_ONSET;
      case BUDGET, REQUEST_SPIKE, RUNAWAY_WORKFLOW, UNPRICED_MODEL -> NONE;
    };
  }

  /**
   * Whether causes of a detector come and go, so that a cool-down is due between two alerts. That
   * of anomalies is a setting of their policy, and kept by the detector.
   */
  static boolean comesAndGoes(Detector detector) {
    return switch (detector) {
      case MODEL_DRIFT, INGEST_SILENCE -> true;
      case ANOMALY, BUDGET, REQUEST_SPIKE, RUNAWAY_WORKFLOW, UNPRICED_MODEL, STALE_PRICES -> false;
    };
  }

  /**
   * Whether a detector says that something happened, but never that it is over. It is when nothing
   * more is heard for as long as the finding's window.
   */
  static boolean neverEnds(Detector detector) {
    return detector == Detector.REQUEST_SPIKE;
  }
}
