package io.tokenmeter.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the prefix of topic names. */
public final class TopicPrefixOption {

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description =
          "Prefix of the topics' names. Default: topic.prefix of --config, else 'tokenmeter.'.")
  private @Nullable String prefix;

  /** The prefix as given, else that of the settings, else the default. */
  public String of(Map<String, String> settings) {
    return prefix != null ? prefix : settings.getOrDefault("topic.prefix", "tokenmeter.");
  }

  /** The option as the user gave it, to be repeated in a command that is suggested. */
  public String asGiven() {
    return prefix == null ? "" : " --prefix " + prefix;
  }
}
