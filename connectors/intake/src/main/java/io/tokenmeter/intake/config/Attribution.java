package io.tokenmeter.intake.config;

import io.tokenmeter.schemas.UsageEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * What is said about all usage of one sender, such as its team: {@code default.FIELD} where an
 * event leaves the field out, {@code always.FIELD} whatever the event says.
 */
public final class Attribution {
  /** Nothing is said. */
  public static final Attribution NONE = new Attribution(Map.of(), Map.of());

  private static final String DEFAULT = "default.";
  private static final String ALWAYS = "always.";
  private static final Schema EVENT = UsageEvent.getClassSchema();

  /** Fields that say whose usage it is. */
  private static final List<String> FIELDS =
      List.of(
          "api_key_id",
          "customer_id",
          "environment",
          "project",
          "region",
          "team",
          "user_id",
          "workflow");

  private final Map<Integer, String> defaults;
  private final Map<Integer, String> always;

  private Attribution(Map<Integer, String> defaults, Map<Integer, String> always) {
    this.defaults = defaults;
    this.always = always;
  }

  /** Whether a setting without its family's prefix, such as {@code always.team}, belongs here. */
  public static boolean isSetting(String name) {
    return name.startsWith(DEFAULT) || name.startsWith(ALWAYS);
  }

  /**
   * Reads the settings that belong here and leaves others alone.
   *
   * @param family what stands before the settings' names, for errors
   * @throws ConfigException naming a field that cannot be set
   */
  public static Attribution of(String family, Map<String, String> settings) {
    Map<Integer, String> defaults = fields(family, DEFAULT, settings);
    Map<Integer, String> always = fields(family, ALWAYS, settings);
    return new Attribution(defaults, always);
  }

  /** Says it of an event. */
  public void applyTo(UsageEvent event) {
    defaults.forEach(
        (position, value) -> {
          if (event.get(position) == null) {
            event.put(position, value);
          }
        });
    always.forEach(event::put);
  }

  private static Map<Integer, String> fields(
      String family, String kind, Map<String, String> settings) {
    Map<Integer, String> fields = new TreeMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(kind)) {
            String field = name.substring(kind.length());
            if (!FIELDS.contains(field)) {
              throw new ConfigException(
                  family + name + ": the field must be one of " + String.join(", ", FIELDS));
            }
            if (value.isBlank()) {
              throw new ConfigException(family + name + " is empty; remove it or give a value");
            }
            fields.put(EVENT.getField(field).pos(), value);
          }
        });
    return fields;
  }
}
