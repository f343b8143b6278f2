package io.tokenmeter.benchmarks.detectors.spend;

import io.tokenmeter.domain.alert.Subject;
import java.util.Set;

/**
 * Something that went wrong, and when.
 *
 * @param type what
 * @param subject with whom: an API key, or the model whose price changed
 * @param touched all who see it in their spend, the subject among them
 * @param startMicros when it began, microseconds since the epoch
 * @param endMicros when it was over, microseconds since the epoch
 * @param strength by how much, see {@link FaultType}
 * @param dollars how much more, or less, was spent for it, as expected before noise
 */
public record Fault(
    FaultType type,
    Subject subject,
    Set<Subject> touched,
    long startMicros,
    long endMicros,
    double strength,
    double dollars) {}
