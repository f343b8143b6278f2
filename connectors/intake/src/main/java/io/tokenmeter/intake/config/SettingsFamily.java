package io.tokenmeter.intake.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigException;

/** Settings that come in numbers, such as {@code sources.1.topic} and {@code sources.2.topic}. */
public final class SettingsFamily {
  private SettingsFamily() {}

  /**
   * One member of a family.
   *
   * @param prefix what its settings begin with, such as {@code sources.1.}
   * @param name such as {@code 1}
   * @param settings without the prefix
   */
  public record Member(String prefix, String name, Map<String, String> settings) {

    /**
     * A setting that must be there.
     *
     * @param hint what to do about it
     * @throws ConfigException if it is not
     */
    public String required(String setting, String hint) {
      String value = settings.getOrDefault(setting, "");
      if (value.isBlank()) {
        throw new ConfigException(prefix + setting + " is missing; " + hint);
      }
      return value;
    }

    /**
     * Refuses settings that mean nothing, which are most likely misspelt.
     *
     * @throws ConfigException naming the first one
     */
    public void requireKnown(Predicate<String> known, String names) {
      settings.keySet().stream()
          .filter(known.negate())
          .findFirst()
          .ifPresent(
              unknown -> {
                throw new ConfigException(
                    "unknown setting "
                        + prefix
                        + unknown
                        + "; after "
                        + prefix
                        + " comes "
                        + names);
              });
    }
  }

  /**
   * The members, in the order of their names.
   *
   * @param family what all settings begin with, such as {@code sources.}
   * @param settings without it
   * @throws ConfigException for a setting that has no member's name
   */
  public static List<Member> members(String family, Map<String, ?> settings) {
    Map<String, Map<String, String>> byName = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          if (dot < 1 || dot == key.length() - 1) {
            throw new ConfigException("unknown setting " + family + key);
          }
          byName
              .computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
              .put(key.substring(dot + 1), String.valueOf(value));
        });
    return byName.entrySet().stream()
        .map(e -> new Member(family + e.getKey() + ".", e.getKey(), e.getValue()))
        .toList();
  }
}
