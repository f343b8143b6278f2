package io.tokenmeter.cli.cluster;

import io.tokenmeter.streams.TokenmeterConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** The application as the brokers see it: a group of members with committed offsets. */
public final class ApplicationGroup {

  /** States of a group in which nobody processes anything. */
  private static final Set<GroupState> WITHOUT_MEMBERS =
      Set.of(GroupState.EMPTY, GroupState.DEAD, GroupState.UNKNOWN);

  private final Admin admin;
  private final String groupId;

  /** The group of the application that has these settings; the caller closes the client. */
  public ApplicationGroup(Admin admin, TokenmeterConfig config) {
    this.admin = admin;
    this.groupId = config.getString(TokenmeterConfig.APPLICATION_ID);
  }

  public String id() {
    return groupId;
  }

  /** Whether the application runs somewhere, under either rebalance protocol. */
  public boolean hasMembers() throws ExecutionException, InterruptedException {
    return admin.listGroups(new ListGroupsOptions()).all().get().stream()
        .filter(group -> group.groupId().equals(groupId))
        .anyMatch(
            group -> !WITHOUT_MEMBERS.contains(group.groupState().orElse(GroupState.UNKNOWN)));
  }

  /** What the application has committed, as the offset of the next record of each partition. */
  public Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listConsumerGroupOffsets(groupId)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                offsets.put(partition, offset.offset());
              }
            });
    return offsets;
  }

  /** The internal topics that carry partial results from one half of the topology to the other. */
  public Collection<String> repartitionTopics() throws ExecutionException, InterruptedException {
    return internalTopics("-repartition");
  }

  /** The internal topics that log what is not in the roll-ups yet. */
  Collection<String> unwrittenRollupTopics() throws ExecutionException, InterruptedException {
    return internalTopics("-roll-up-pending-changelog");
  }

  private Collection<String> internalTopics(String suffix)
      throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get().stream()
        .filter(name -> name.startsWith(groupId + "-") && name.endsWith(suffix))
        .toList();
  }
}
