package io.tokenmeter.streams.policy;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One detector's policies by subject, remembered until any policy changes. One instance belongs to
 * one task.
 *
 * @param <P> the detector's policy
 */
public final class PolicyLookup<P> {
  private static final int REMEMBERED = 50_000;

  private final Supplier<DetectorPolicies> policies;
  private final PolicyDefinition<P> definition;
  private final Map<Subject, P> bySubject = new HashMap<>();
  private long version = Long.MIN_VALUE;

  /**
   * A lookup for one detector.
   *
   * @param policies gives all policies as they are now
   */
  public PolicyLookup(Supplier<DetectorPolicies> policies, PolicyDefinition<P> definition) {
    this.policies = policies;
    this.definition = definition;
  }

  /** What holds for a subject now. */
  public P of(Subject subject) {
    DetectorPolicies now = policies.get();
    if (now.version() != version || bySubject.size() >= REMEMBERED) {
      bySubject.clear();
      version = now.version();
    }
    return bySubject.computeIfAbsent(subject, asked -> now.lookup(definition, asked));
  }
}
