package io.tokenmeter.streams.topics;

import java.util.List;

/**
 * A catalogued topic as it is on a cluster.
 *
 * @param topic what the catalogue says
 * @param fullName name on the cluster
 * @param exists whether the cluster has it; if not, the rest is empty
 * @param partitions partitions on the cluster, 0 if it does not exist
 * @param replicationFactor replicas of its first partition, 0 if it does not exist
 * @param differences settings, and a fixed number of partitions, that are not as catalogued
 */
public record TopicState(
    CataloguedTopic topic,
    String fullName,
    boolean exists,
    int partitions,
    int replicationFactor,
    List<Difference> differences) {

  /**
   * One setting that is not as catalogued.
   *
   * @param setting its name in Kafka, or {@link #PARTITIONS}
   * @param catalogued the value it should have
   * @param actual the value it has
   */
  public record Difference(String setting, String catalogued, String actual) {

    /** The name under which a wrong number of partitions is reported. */
    public static final String PARTITIONS = "partitions";
  }

  /** Whether the topic is there and as catalogued. */
  public boolean matches() {
    return exists && differences.isEmpty();
  }
}
