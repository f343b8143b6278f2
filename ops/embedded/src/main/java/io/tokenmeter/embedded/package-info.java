/**
 * A whole environment in one process: a real Kafka broker and a real schema registry.
 *
 * <p>{@link io.tokenmeter.embedded.EmbeddedEnvironment} starts both in a few seconds on free
 * loopback ports, for the demo, the replay of a file, the benchmark and the tests. The broker is
 * Kafka's own KRaft server with one node; the registry is Apicurio Registry's own server, run as a
 * child process that cannot outlive this one. Nothing is mocked, so what is measured or proven here
 * (transactions, rebalances, restarts, an unreachable registry) is what a cluster does.
 *
 * <p>It is not for production: one node, no replication, no authentication, no fsync, and by
 * default a data directory that is deleted on close.
 */
@NullMarked
package io.tokenmeter.embedded;

import org.jspecify.annotations.NullMarked;
