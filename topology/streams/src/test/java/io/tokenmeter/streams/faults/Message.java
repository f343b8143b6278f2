package io.tokenmeter.streams.faults;

/**
 * A record for usage-events.
 *
 * @param value null as well as anything else
 */
record Message(String key, byte[] value) {}
