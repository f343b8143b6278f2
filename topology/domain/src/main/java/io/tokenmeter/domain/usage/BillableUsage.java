package io.tokenmeter.domain.usage;

import org.jspecify.annotations.Nullable;

/** What pricing must know about one event. May be a flyweight over a record's bytes. */
public interface BillableUsage {

  String provider();

  /** Model as served. */
  String model();

  /** Service tier as served; null means standard. */
  @Nullable String serviceTier();

  @Nullable String region();

  @Nullable String project();

  @Nullable String team();

  /** When the request happened, microseconds since 1970-01-01T00:00:00Z. */
  long occurredAtMicros();

  CostRole costRole();

  UsageQuantities quantities();
}
