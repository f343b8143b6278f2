package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that every detector has: from how many dollars at stake an alert is urgent.
 *
 * @param warning from where it is a warning
 * @param critical from where it is critical
 */
record SeveritySettings(Setting<Money> warning, Setting<Money> critical) {
  static SeveritySettings of(Money warning, Money critical) {
    return new SeveritySettings(
        new Setting<>(
            "severity.warning.usd",
            SettingType.dollars(),
            warning,
            "Dollars a day at stake from which an alert is a warning."),
        new Setting<>(
            "severity.critical.usd",
            SettingType.dollars(),
            critical,
            "Dollars a day at stake from which an alert is critical; not below severity.warning.usd."));
  }

  List<Setting<?>> after(List<Setting<?>> others) {
    List<Setting<?>> all = new ArrayList<>(others);
    all.add(warning);
    all.add(critical);
    return List.copyOf(all);
  }
}
