package io.tokenmeter.domain.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** {@link BillableUsage} as a plain value. */
public record BillableEvent(
    String provider,
    String model,
    @Nullable String serviceTier,
    @Nullable String region,
    @Nullable String project,
    @Nullable String team,
    long occurredAtMicros,
    CostRole costRole,
    UsageQuantities quantities)
    implements BillableUsage {

  /** A LEAF event at the standard tier, without region, project or team. */
  public static BillableEvent of(
      String provider, String model, Instant occurredAt, UsageQuantities quantities) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, occurredAt);
    return new BillableEvent(
        provider, model, null, null, null, null, micros, CostRole.LEAF, quantities);
  }

  public BillableEvent withServiceTier(@Nullable String tier) {
    return new BillableEvent(
        provider, model, tier, region, project, team, occurredAtMicros, costRole, quantities);
  }

  public BillableEvent withRegion(@Nullable String newRegion) {
    return new BillableEvent(
        provider,
        model,
        serviceTier,
        newRegion,
        project,
        team,
        occurredAtMicros,
        costRole,
        quantities);
  }

  public BillableEvent withProject(@Nullable String newProject) {
    return new BillableEvent(
        provider,
        model,
        serviceTier,
        region,
        newProject,
        team,
        occurredAtMicros,
        costRole,
        quantities);
  }

  public BillableEvent withTeam(@Nullable String newTeam) {
    return new BillableEvent(
        provider,
        model,
        serviceTier,
        region,
        project,
        newTeam,
        occurredAtMicros,
        costRole,
        quantities);
  }

  public BillableEvent withCostRole(CostRole role) {
    return new BillableEvent(
        provider, model, serviceTier, region, project, team, occurredAtMicros, role, quantities);
  }
}
