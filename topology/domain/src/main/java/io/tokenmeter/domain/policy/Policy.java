package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.alert.Detector;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody has set for one detector and the subjects of a pattern. It is complete in itself:
 * what it does not set is the default, never what another policy says.
 *
 * @param <P> the detector's policy
 */
public final class Policy<P> {
  private final PolicyDefinition<P> definition;
  private final SubjectPattern subjects;
  private final boolean enabled;
  private final Map<String, String> settings;
  private final P value;

  private Policy(
      PolicyDefinition<P> definition,
      SubjectPattern subjects,
      boolean enabled,
      Map<String, String> settings) {
    this.definition = definition;
    this.subjects = subjects;
    this.enabled = enabled;
    this.settings = Map.copyOf(settings);
    this.value = definition.policy(enabled, settings);
  }

  /**
   * A policy.
   *
   * @param detector label of the detector
   * @param enabled whether the detector watches these subjects at all
   * @param settings texts of settings by name
   * @throws IllegalArgumentException naming the detector, setting or value that is not known, and
   *     those that are
   */
  public static Policy<?> of(
      String detector, SubjectPattern subjects, boolean enabled, Map<String, String> settings) {
    return new Policy<>(PolicyDefinitions.of(detector), subjects, enabled, settings);
  }

  /** The detector. */
  public Detector detector() {
    return definition.detector();
  }

  /** The subjects it is for. */
  public SubjectPattern subjects() {
    return subjects;
  }

  /** Whether the detector watches these subjects at all. */
  public boolean enabled() {
    return enabled;
  }

  /** What was set, texts by name, in the order of the alphabet. */
  public Map<String, String> settings() {
    return new TreeMap<>(settings);
  }

  /** What holds for its subjects. */
  public P value() {
    return value;
  }

  /** Tells policies apart: {@code DETECTOR DIMENSION:GLOB}. */
  public String key() {
    return detector().label() + " " + subjects;
  }
}
