package io.tokenmeter.streams.topics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One topic as the catalogue describes it.
 *
 * @param name name without the prefix, such as usage-events
 * @param key what the record key is, in words
 * @param value name of the value's Avro schema
 * @param partitions default number of partitions
 * @param partitionsOf name of the topic which this one must have as many partitions as; null where
 *     it stands alone
 * @param about what the topic is for, in a sentence
 * @param settings topic configuration, by Kafka's names
 */
public record CataloguedTopic(
    String name,
    String key,
    String value,
    int partitions,
    @JsonProperty("partitions_of") @Nullable String partitionsOf,
    String about,
    Map<String, String> settings) {

  /** Sorts the settings, so that every listing shows them in one order. */
  public CataloguedTopic {
    settings = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(settings));
  }

  /** The name on the cluster. */
  public String fullName(String prefix) {
    return prefix + name;
  }

  /**
   * Whether the number of partitions is the operator's choice. A topic catalogued with one is read
   * whole by every instance, or keeps one order, and must stay so.
   */
  public boolean scales() {
    return partitions > 1;
  }
}
