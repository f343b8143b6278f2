package io.tokenmeter.benchmarks.process;

import org.jspecify.annotations.Nullable;

/**
 * Where the broker's process can be reached.
 *
 * @param bootstrapServers the broker
 * @param registryUrl the schema registry; absent where none was started
 */
public record BrokerAddresses(String bootstrapServers, @Nullable String registryUrl) {}
