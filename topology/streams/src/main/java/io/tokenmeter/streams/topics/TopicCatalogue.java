package io.tokenmeter.streams.topics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Every topic Tokenmeter reads or writes under its own name, with partitions and settings.
 *
 * <p>The catalogue is the file {@code topics.yaml} of the schemas module. Internal topics of Kafka
 * Streams are not in it: Streams creates them.
 *
 * @param topics in the order of the flow
 */
public record TopicCatalogue(List<CataloguedTopic> topics) {

  private static final String RESOURCE = "/io/tokenmeter/schemas/topics.yaml";

  /** Guards the list against changes. */
  public TopicCatalogue {
    topics = List.copyOf(topics);
  }

  /** The catalogue this build was made with. */
  public static TopicCatalogue load() {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try (InputStream in = UsageEvent.class.getResourceAsStream(RESOURCE)) {
      return yaml.readValue(in, TopicCatalogue.class);
    } catch (IOException e) {
      throw new UncheckedIOException("topic catalogue " + RESOURCE, e);
    }
  }

  /**
   * The topic of that name.
   *
   * @param name without the prefix
   * @throws IllegalArgumentException if the catalogue has no such topic
   */
  public CataloguedTopic topic(String name) {
    return topics.stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no topic '" + name + "' in the catalogue"));
  }
}
