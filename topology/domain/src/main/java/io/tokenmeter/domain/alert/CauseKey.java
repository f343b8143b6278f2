package io.tokenmeter.domain.alert;

/** One cause of one subject, whenever it occurs. */
record CauseKey(Detector detector, String cause, Subject subject) {
  static CauseKey of(Finding finding) {
    return new CauseKey(finding.detector(), finding.cause(), finding.subject());
  }
}
