package io.tokenmeter.cli;

import io.tokenmeter.streams.TokenmeterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** A settings reference, made from the definition that the settings are read by. */
public final class SettingsPage {

  private static final List<String> OF_APPLICATION =
      List.of(
          "Settings of `ops/tokenmeter run --config FILE`, a Java properties file. This page is",
          "printed by `ops/tokenmeter settings`; a test compares the two.",
          "",
          "What begins with `streams.`, `producer.`, `consumer.` or `serde.` is handed to Kafka",
          "Streams, its producers, its consumers, or the serializer and deserializer, without the",
          "prefix; `streams.` also reaches the clients of the other commands, for instance",
          "`streams.security.protocol=SASL_SSL`.");

  private SettingsPage() {}

  /** The application's. */
  static List<String> lines() {
    return lines(OF_APPLICATION, TokenmeterConfig.DEFINITION);
  }

  /** The page of a definition, in Markdown. */
  public static List<String> lines(List<String> introduction, ConfigDef definition) {
    List<String> lines = new ArrayList<>();
    lines.add("# Settings");
    lines.add("");
    lines.addAll(introduction);
    for (ConfigKey key : definition.configKeys().values()) {
      lines.add("");
      lines.add("## " + key.name);
      lines.add("");
      lines.add(key.documentation);
      lines.add("");
      lines.add("- Type: " + key.type().toString().toLowerCase(Locale.ROOT));
      lines.add("- Default: " + defaultOf(key));
      if (key.validator instanceof ConfigDef.Range range) {
        lines.add("- Range: " + words(range));
      }
    }
    return lines;
  }

  /** Kafka writes [0,...] and [100,...,15000]. */
  private static String words(ConfigDef.Range range) {
    return range
        .toString()
        .replaceAll("[\\[\\]]", "")
        .replace(",...,", " to ")
        .replace(",...", " or more");
  }

  private static String defaultOf(ConfigKey key) {
    if (!key.hasDefault()) {
      return "none, it is required";
    }
    String value = ConfigDef.convertToString(key.defaultValue, key.type());
    return value == null || value.isEmpty() ? "empty" : "`" + value + "`";
  }
}
