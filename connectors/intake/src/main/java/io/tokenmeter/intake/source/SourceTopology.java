package io.tokenmeter.intake.source;

import io.tokenmeter.intake.IntakeMeters;
import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.intake.config.SourceTopic;
import io.tokenmeter.intake.kafka.BodyMapper;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * For each topic of another system: read it, map it, write what came out. The sources share
 * nothing, so that each has as many tasks as its topic has partitions.
 */
final class SourceTopology {
  private static final ByteArrayDeserializer READ = new ByteArrayDeserializer();
  private static final ByteArraySerializer WRITE = new ByteArraySerializer();

  private SourceTopology() {}

  static Topology of(
      IntakeConfig config, StreamsConfig streams, BodyMapper mapper, IntakeMeters meters) {
    Topology topology = new Topology(new TopologyConfig(streams));
    for (SourceTopic source : config.sources()) {
      String read = "read-source-" + source.name();
      String map = "map-usage-" + source.name();
      String events = "usage-events-" + source.name();
      String rejections = "rejected-events-" + source.name();
      topology
          .addSource(read, READ, READ, source.topic())
          .addProcessor(map, MapUsage.supplier(source, mapper, meters, events, rejections), read)
          .addSink(events, config.topic("usage-events"), WRITE, WRITE, map)
          .addSink(rejections, config.topic("rejected-events"), WRITE, WRITE, map);
    }
    return topology;
  }
}
