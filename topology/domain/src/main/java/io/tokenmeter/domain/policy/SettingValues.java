package io.tokenmeter.domain.policy;

import java.util.HashMap;
import java.util.Map;

/** The values of all settings of one detector, of which a policy names some. */
final class SettingValues {
  private final boolean enabled;
  private final Map<Setting<?>, Object> given = new HashMap<>();

  SettingValues(boolean enabled) {
    this.enabled = enabled;
  }

  <T> void read(Setting<T> setting, String text) {
    given.put(setting, setting.read(text));
  }

  boolean enabled() {
    return enabled;
  }

  @SuppressWarnings("unchecked") // read() puts nothing else under a setting
  <T> T get(Setting<T> setting) {
    T value = (T) given.get(setting);
    return value == null ? setting.defaultValue() : value;
  }
}
