package io.tokenmeter.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be chosen about the embedded broker.
 *
 * @param dataDirectory where the broker keeps its data; kept on close, and picked up again by a
 *     later start with the same directory. Null: a temporary directory, deleted on close.
 * @param port the port that clients use, on 127.0.0.1; 0 takes a free one.
 * @param settings Kafka broker settings that replace the defaults of {@link EmbeddedBroker}.
 */
public record BrokerOptions(@Nullable Path dataDirectory, int port, Map<String, String> settings) {

  public BrokerOptions {
    settings = Map.copyOf(settings);
  }

  public static BrokerOptions defaults() {
    return new BrokerOptions(null, 0, Map.of());
  }

  public BrokerOptions withDataDirectory(Path directory) {
    return new BrokerOptions(directory, port, settings);
  }

  public BrokerOptions withPort(int newPort) {
    return new BrokerOptions(dataDirectory, newPort, settings);
  }

  /** Adds one Kafka broker setting, such as {@code message.max.bytes}. */
  public BrokerOptions withSetting(String key, String value) {
    Map<String, String> merged = new LinkedHashMap<>(settings);
    merged.put(key, value);
    return new BrokerOptions(dataDirectory, port, merged);
  }
}
