package io.tokenmeter.streams.policy;

import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.schemas.DetectorPolicy;

/** Policies as records of {@code detector-policies}, and back. */
public final class PolicyRecords {
  private PolicyRecords() {}

  /** The record's key: {@link Policy#key}. */
  public static String key(Policy<?> policy) {
    return policy.key();
  }

  /** The record's value. */
  public static DetectorPolicy toRecord(Policy<?> policy) {
    return DetectorPolicy.newBuilder()
        .setSubjectPattern(policy.subjects().toString())
        .setDetector(policy.detector().label())
        .setEnabled(policy.enabled())
        .setSettings(policy.settings())
        .build();
  }

  /**
   * The policy of a record.
   *
   * @throws IllegalArgumentException saying what is wrong with it; also if its key is another one,
   *     which would keep it beside a policy for the same subjects, and out of reach of its removal
   */
  public static Policy<?> fromRecord(String key, DetectorPolicy record) {
    Policy<?> policy =
        Policy.of(
            record.getDetector(),
            SubjectPattern.parse(record.getSubjectPattern()),
            record.getEnabled(),
            record.getSettings());
    if (!policy.key().equals(key)) {
      throw new IllegalArgumentException("its key should be '" + policy.key() + "'");
    }
    return policy;
  }
}
