package io.tokenmeter.streams.run;

import java.time.Duration;
import java.util.Set;

/**
 * How runs are followed.
 *
 * @param emitInterval how often a run that changes is written out; zero: at every commit
 * @param inactivity how long after its last step a run closes
 * @param retention how long after its last step a run can still change
 * @param cachedRuns how many runs a task keeps as objects
 * @param successes outcomes that are a success
 * @param sumPartitions partitions of the topic that sums for the roll-ups go to; 0 if runs are not
 *     in the roll-ups
 */
public record RunFollowing(
    Duration emitInterval,
    Duration inactivity,
    Duration retention,
    int cachedRuns,
    Set<String> successes,
    int sumPartitions) {}
