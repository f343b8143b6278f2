package io.tokenmeter.cli;

import io.tokenmeter.streams.TokenmeterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The settings reference, made from the definition that the application reads its settings by. */
final class SettingsPage {

  private SettingsPage() {}

  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Settings");
    lines.add("");
    lines.add(
        "Settings of `ops/tokenmeter run --config FILE`, a Java properties file. This page is");
    lines.add("printed by `ops/tokenmeter settings`; a test compares the two.");
    lines.add("");
    lines.add(
        "What begins with `streams.`, `producer.`, `consumer.` or `serde.` is handed to Kafka");
    lines.add(
        "Streams, its producers, its consumers, or the serializer and deserializer, without the");
    lines.add("prefix; `streams.` also reaches the clients of the other commands, for instance");
    lines.add("`streams.security.protocol=SASL_SSL`.");
    for (ConfigKey key : TokenmeterConfig.DEFINITION.configKeys().values()) {
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
