package io.tokenmeter.domain.alert;

/** Which way spend goes with a cause: findings of several detectors that agree may have one. */
enum Direction {
  UP,
  DOWN,
  /** It is not about more or less spend than usual. */
  NEITHER;

  static Direction of(Finding finding) {
    return switch (finding.cause()) {
      case Causes.SPEND_UP, Causes.DEARER_MODELS -> UP;
      case Causes.SPEND_DOWN, Causes.CHEAPER_MODELS, Causes.SILENT -> DOWN;
      default -> NEITHER;
    };
  }
}
