package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All policies, ready to be asked. Immutable.
 *
 * <p>Of the policies of a detector that match a subject the most specific one holds, alone; see
 * {@link SubjectPattern#MOST_SPECIFIC_FIRST}. Where none matches, the defaults hold.
 */
public final class DetectorPolicies {
  /** Nobody has set anything. */
  public static final DetectorPolicies DEFAULTS = new DetectorPolicies(List.of(), 0);

  private final long version;
  private final Map<Detector, Candidates> byDetector = new EnumMap<>(Detector.class);

  private DetectorPolicies(Collection<Policy<?>> policies, long version) {
    this.version = version;
    policies.forEach(
        policy ->
            byDetector.computeIfAbsent(policy.detector(), any -> new Candidates()).add(policy));
    byDetector.values().forEach(Candidates::sort);
  }

  /**
   * Compiles policies.
   *
   * @param policies with different keys
   * @param version another one than that of all policies before
   */
  public static DetectorPolicies of(Collection<Policy<?>> policies, long version) {
    return new DetectorPolicies(policies, version);
  }

  /** A number that differs where the policies may, for those who keep what they have looked up. */
  public long version() {
    return version;
  }

  /**
   * What holds for a subject. Takes time in proportion to the detector's patterns with wildcards.
   *
   * @param definition the detector, such as {@link PolicyDefinitions#ANOMALY}
   */
  @SuppressWarnings("unchecked") // a policy of a detector is of its definition
  public <P> P lookup(PolicyDefinition<P> definition, Subject subject) {
    Candidates candidates = byDetector.get(definition.detector());
    Policy<?> policy = candidates == null ? null : candidates.find(subject);
    return policy == null ? definition.defaultPolicy() : (P) policy.value();
  }

  /** Every policy of a detector that may hold for some subject, the defaults among them. */
  @SuppressWarnings("unchecked") // a policy of a detector is of its definition
  public <P> List<P> all(PolicyDefinition<P> definition) {
    List<P> all = new ArrayList<>();
    all.add(definition.defaultPolicy());
    Candidates candidates = byDetector.get(definition.detector());
    if (candidates != null) {
      candidates.ofOneSubject.values().forEach(policy -> all.add((P) policy.value()));
      candidates.others.forEach(policy -> all.add((P) policy.value()));
    }
    return all;
  }

  private static final class Candidates {
    private final Map<Subject, Policy<?>> ofOneSubject = new HashMap<>();
    private final List<Policy<?>> others = new ArrayList<>();

    void add(Policy<?> policy) {
      SubjectPattern pattern = policy.subjects();
      if (pattern.isOneSubject()) {
        ofOneSubject.put(new Subject(pattern.dimension(), pattern.glob()), policy);
      } else {
        others.add(policy);
      }
    }

    void sort() {
      others.sort(Comparator.comparing(Policy::subjects, SubjectPattern.MOST_SPECIFIC_FIRST));
    }

    @org.jspecify.annotations.Nullable
    Policy<?> find(Subject subject) {
      Policy<?> exact = ofOneSubject.get(subject);
      if (exact != null) {
        return exact;
      }
      for (Policy<?> policy : others) {
        if (policy.subjects().matches(subject)) {
          return policy;
        }
      }
      return null;
    }
  }
}
