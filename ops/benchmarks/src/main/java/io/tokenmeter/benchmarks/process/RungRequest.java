package io.tokenmeter.benchmarks.process;

import io.tokenmeter.benchmarks.Rung;
import io.tokenmeter.benchmarks.workload.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * What a rung's process is asked to do.
 *
 * @param rung which way of doing the work
 * @param name unique name of this run of it, and of its consumer group
 * @param bootstrapServers the broker
 * @param registryUrl the schema registry's base address; absent where no rung needs one
 * @param brokerPid process id of the broker, for its CPU time
 * @param topicPrefix begins the names of all topics
 * @param partitions its partitions, and those of output topics
 * @param prefix the events to process
 * @param threads consumer or stream threads
 * @param warmUpShare share of the work that is done before measuring begins
 * @param stateDirectory where Kafka Streams may keep its state
 * @param profileFile where to write a flight recording; absent for none
 */
public record RungRequest(
    Rung rung,
    String name,
    String bootstrapServers,
    @Nullable String registryUrl,
    long brokerPid,
    String topicPrefix,
    int partitions,
    Prefix prefix,
    int threads,
    double warmUpShare,
    String stateDirectory,
    @Nullable String profileFile) {

  /** Name of a topic. */
  public String topic(String suffix) {
    return topicPrefix + suffix;
  }

  /** The filled topic. */
  public String inputTopic() {
    return topic("usage-events");
  }
}
