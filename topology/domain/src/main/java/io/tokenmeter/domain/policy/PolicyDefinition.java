package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.money.Money;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be set for one detector, and the policy that results.
 *
 * @param <P> the detector's policy
 */
public final class PolicyDefinition<P> {
  private final Detector detector;
  private final Setting<Money> warning;
  private final Setting<Money> critical;
  private final List<Setting<?>> settings;
  private final Function<SettingValues, P> policies;
  private final P defaultPolicy;

  /**
   * @param settings the settings in the order of the reference page, the two of severity last
   * @param policies makes the policy of values that are each in range
   */
  PolicyDefinition(
      Detector detector,
      List<Setting<?>> settings,
      SeveritySettings severity,
      Function<SettingValues, P> policies) {
    this.detector = detector;
    this.warning = severity.warning();
    this.critical = severity.critical();
    this.settings = severity.after(settings);
    this.policies = policies;
    this.defaultPolicy = policies.apply(new SettingValues(true));
  }

  /** The detector. */
  public Detector detector() {
    return detector;
  }

  /** All settings, in the order of the reference page. */
  public List<Setting<?>> settings() {
    return settings;
  }

  /** What holds for subjects that no policy names. */
  public P defaultPolicy() {
    return defaultPolicy;
  }

  /**
   * A setting by its name.
   *
   * @throws IllegalArgumentException naming the known ones, if there is none of that name
   */
  public Setting<?> setting(String name) {
    return settings.stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown setting '"
                        + name
                        + "' of detector "
                        + detector.label()
                        + "; known are "
                        + settings.stream().map(Setting::name).collect(Collectors.joining(", "))));
  }

  /**
   * The policy with the given settings, and the default for all others.
   *
   * @throws IllegalArgumentException naming the setting that is unknown or out of range
   */
  P policy(boolean enabled, Map<String, String> given) {
    SettingValues values = new SettingValues(enabled);
    given.forEach((name, text) -> values.read(setting(name), text));
    if (values.get(critical).compareTo(values.get(warning)) < 0) {
      throw new IllegalArgumentException(
          critical.name()
              + " must not be below "
              + warning.name()
              + ", which is "
              + values.get(warning).toPlainString());
    }
    return policies.apply(values);
  }
}
