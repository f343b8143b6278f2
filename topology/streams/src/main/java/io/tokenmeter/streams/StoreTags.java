package io.tokenmeter.streams;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives Kafka's metrics of all stores the same tags: {@code store} and {@code store.type}.
 *
 * <p>Kafka puts the type into the tag's name, {@code rocksdb-window-state-id}, and Prometheus takes
 * only those meters of a name that have the same tags: stores of all types but the first would be
 * missing.
 */
public final class StoreTags implements MeterFilter {
  private static final String STATE_ID = ".state.id";

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith("kafka.stream.state.")) {
      return id;
    }
    List<Tag> tags = new ArrayList<>();
    for (Tag tag : id.getTags()) {
      if (tag.getKey().endsWith(STATE_ID)) {
        tags.add(Tag.of("store", tag.getValue()));
        tags.add(Tag.of("store.type", tag.getKey().replace(STATE_ID, "")));
      } else {
        tags.add(tag);
      }
    }
    return id.replaceTags(tags);
  }
}
