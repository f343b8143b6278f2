package io.tokenmeter.benchmarks.detectors.spend;

/**
 * A share of a key's requests that goes one way.
 *
 * @param path where it is seen
 * @param shape what its requests look like
 * @param share share of the key's requests, 0 to 1
 * @param night whether the route takes more of the requests at night, so that the key's mix has a
 *     day and night cycle
 */
record Route(Path path, RequestShape shape, double share, boolean night) {}
