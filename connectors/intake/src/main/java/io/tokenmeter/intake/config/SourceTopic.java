package io.tokenmeter.intake.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/**
 * A topic that another system writes usage to: {@code sources.N.topic} and {@code
 * sources.N.format}, and what is said about all usage in it, as {@link Attribution} has it.
 *
 * @param name N
 * @param topic whole name of the topic
 * @param format what its values hold
 */
public record SourceTopic(String name, String topic, UsageFormat format, Attribution attribution) {
  /** What all settings of topics begin with. */
  public static final String PREFIX = "sources.";

  private static final String TOPIC = "topic";
  private static final String FORMAT = "format";

  /**
   * Reads settings without {@link #PREFIX}.
   *
   * @throws ConfigException naming the setting that is wrong
   */
  public static List<SourceTopic> all(Map<String, ?> settings) {
    List<SourceTopic> topics =
        SettingsFamily.members(PREFIX, settings).stream().map(SourceTopic::of).toList();
    Set<String> names = new HashSet<>();
    for (SourceTopic source : topics) {
      if (!names.add(source.topic)) {
        throw new ConfigException("topic " + source.topic + " is read by two sources");
      }
    }
    return topics;
  }

  private static SourceTopic of(SettingsFamily.Member member) {
    member.requireKnown(
        name -> name.equals(TOPIC) || name.equals(FORMAT) || Attribution.isSetting(name),
        "topic, format, default.FIELD or always.FIELD");
    String topic = member.required(TOPIC, "give the whole name of the topic");
    String format = member.required(FORMAT, "give the format of its values, such as otlp_proto");
    try {
      return new SourceTopic(
          member.name(),
          topic,
          UsageFormat.of(format),
          Attribution.of(member.prefix(), member.settings()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(member.prefix() + FORMAT, format, e.getMessage());
    }
  }
}
